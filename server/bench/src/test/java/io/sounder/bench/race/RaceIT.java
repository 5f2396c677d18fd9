package io.sounder.bench.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The race as it is called, with as little of it as there can be. */
@Timeout(120)
class RaceIT {
  private static final String ROOT = System.getProperty("sounder.root");

  @TempDir private Path folder;

  @Test
  void racesAndWritesWhatItSawAndShowsItAgain() throws Exception {
    List<String> raced =
        race("--shapes", "8", "--only", "again", "--rounds", "2", "--seconds", "0.1")
            .lines()
            .toList();
    assertTrue(raced.stream().anyMatch(line -> line.startsWith("Sounder again ")), raced::toString);

    JsonNode result = new ObjectMapper().readTree(folder.resolve("race.json").toFile());
    assertEquals("8", result.at("/shapes/0/shape").asText());
    assertEquals(4, result.at("/shapes/0/sounder").size(), "before and after, in two rounds");
    JsonNode again = result.at("/shapes/0/others/0");
    assertEquals("Sounder again", again.get("server").asText());
    assertEquals(2, again.get("pairs").size());
    for (JsonNode pair : again.get("pairs")) {
      assertTrue(pair.at("/server/requestsPerSecond").asDouble() > 100, pair::toString);
      assertTrue(pair.at("/server/cpuNanosPerRequest").asDouble() > 100, pair::toString);
      assertTrue(pair.at("/server/clientCores").asDouble() > 0, pair::toString);
      assertEquals(0, pair.at("/server/failed").asLong());
    }
    assertTrue(Files.size(folder.resolve("race-rate.svg")) > 0);

    List<String> shown = race("--from", "race.json").lines().toList();
    assertEquals(
        raced.stream().filter(line -> line.startsWith("Sounder")).toList(),
        shown.stream().filter(line -> line.startsWith("Sounder")).toList());
  }

  /** Runs it in the folder; what it printed. */
  private String race(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(ROOT, "server/bench/race").toString());
    if (!arguments[0].equals("--from")) {
      command.addAll(List.of("--json", "race.json", "--charts", "."));
    }
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertEquals(0, process.waitFor(), () -> read(output));
    } finally {
      process.destroy();
    }
    return read(output);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
