package io.sounder.bench.race.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaceFileTest {
  @TempDir private Path folder;

  private static RaceResult race(double clientCores) {
    Sample sample = new Sample(100, 1e6, 2e6, 3e6, 5000, 1 << 20, clientCores, 0);
    Standing ran = new Standing(Names.FLOOR, List.of(new Pair(sample, sample)), null);
    Standing absent = new Standing(Names.CONTROL, List.of(), "it did not start");
    ShapeResult shape = new ShapeResult("64", List.of(sample), List.of(ran, absent));
    return new RaceResult(
        RaceResult.SCHEMA, "2026-01-01T00:00:00Z", "here", 1, 0.5, List.of(shape));
  }

  @Test
  void holdsWhatWasWrittenLastAndLeavesNothingBesideIt() throws IOException {
    RaceFile file = new RaceFile(folder.resolve("race.json"));
    file.write(race(0.9));
    file.write(race(Double.NaN));
    assertEquals(race(Double.NaN), file.read());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void lookingWhetherItCanBeWrittenChangesNothing() throws IOException {
    RaceFile file = new RaceFile(folder.resolve("race.json"));
    file.checkWritable();
    assertFalse(Files.exists(folder.resolve("race.json")));
    file.write(race(0.9));
    file.checkWritable();
    assertEquals(race(0.9), file.read());
  }

  @Test
  void whatCannotBeWrittenIsToldBeforehand() {
    Path missing = folder.resolve("missing").resolve("race.json");
    assertThrows(IOException.class, () -> new RaceFile(missing).checkWritable());
    assertThrows(IOException.class, () -> new RaceFile(folder).checkWritable());
  }

  @Test
  void aResultOfAnotherSchemaIsRefused() throws IOException {
    Path old = folder.resolve("old.json");
    Files.writeString(old, "{\"schema\": \"sounder-race/1\", \"gone\": 1}");
    assertThrows(IllegalArgumentException.class, () -> new RaceFile(old).read());
  }
}
