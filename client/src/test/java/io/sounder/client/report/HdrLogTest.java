package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.stats.Interval;
import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.RecordedTest;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.UsageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HdrLogTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long STARTED_MILLIS = 1_795_255_200_123L;
  private static final Path FULL = Path.of("/dev/full"); // each write fails as on a full disk

  @TempDir Path folder;

  @Test
  void aReaderOfTheFormatGetsTheIntervalsAndAllTheirValues() throws IOException {
    Path path = folder.resolve("run.hlog");
    RecordedTest test = new RecordedTest(true, SECOND);
    Latencies all = new Latencies();
    try (HdrLog log = HdrLog.open("--hdr", path, () -> STARTED_MILLIS + 1000)) {
      log.interval(test.ok(5, 1).second());
      for (int i = 1; i <= 3; i++) {
        Interval interval = test.ok(100 * i, 50_000L * i).ok(1, 7_000_000_000L).second();
        all.add(interval.responseTimes());
        log.interval(interval);
      }
      log.finish();
      assertTrue(log.failure().isEmpty());
    }
    List<EncodableHistogram> read = new ArrayList<>();
    HistogramLogReader reader =
        new HistogramLogReader(new ByteArrayInputStream(Files.readAllBytes(path)));
    for (EncodableHistogram next; (next = reader.nextIntervalHistogram()) != null; ) {
      read.add(next);
    }
    assertEquals(STARTED_MILLIS / 1000.0, reader.getStartTimeSec(), 0.0005);
    assertEquals(
        List.of("response", "service", "response", "service", "response", "service"),
        read.stream().map(EncodableHistogram::getTag).toList());
    assertEquals(STARTED_MILLIS + 1000, read.get(2).getStartTimeStamp());
    assertEquals(STARTED_MILLIS + 2000, read.get(2).getEndTimeStamp());
    Histogram sum = new Latencies().histogram();
    for (int i = 0; i < read.size(); i += 2) {
      sum.add((Histogram) read.get(i));
    }
    assertEquals(all.histogram(), sum, "the warm-up is no part of it");
  }

  @Test
  void whatIsWrittenIsThereAtOnce() throws IOException {
    Path path = folder.resolve("run.hlog");
    RecordedTest test = new RecordedTest(true, 0);
    try (HdrLog log = HdrLog.open("--hdr", path, () -> STARTED_MILLIS)) {
      log.interval(test.ok(1, 1_000_000).second());
      List<String> lines = Files.readAllLines(path);
      assertTrue(lines.get(lines.size() - 1).startsWith("Tag=service,0.000,1.000,1.000,HIST"));
    }
  }

  @Test
  void aNameThatEndsInHgrmGetsThePercentileDistribution() throws IOException {
    Path path = folder.resolve("run.hgrm");
    RecordedTest test = new RecordedTest(true, 0);
    try (HdrLog log = HdrLog.open("--hdr", path, () -> STARTED_MILLIS)) {
      log.interval(test.ok(999, 2_000_000).second());
      log.interval(test.ok(1, 90_000_000).second());
      log.finish();
    }
    List<String> lines = Files.readAllLines(path);
    assertEquals("       Value     Percentile TotalCount 1/(1-Percentile)", lines.get(0));
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("#\\[Max += +90\\.\\d+, Total.* 1000]")),
        String.join("\n", lines));
  }

  @Test
  void whatWasThereStaysUntilThereIsSomethingNew() throws IOException {
    Path old = folder.resolve("old.hlog");
    Files.writeString(old, "an older log, longer than what is written first\n".repeat(100));
    HdrLog.open("--hdr", old, () -> STARTED_MILLIS).close();
    assertTrue(Files.readString(old).startsWith("an older log"));
    try (HdrLog log = HdrLog.open("--hdr", old, () -> STARTED_MILLIS)) {
      log.interval(new RecordedTest(true, 0).second());
    }
    assertFalse(Files.readString(old).contains("older"));
  }

  @Test
  void noFileIsLeftBehindWithoutAnInterval() {
    Path path = folder.resolve("none.hlog");
    HdrLog.open("--hdr", path, () -> STARTED_MILLIS).close();
    assertFalse(Files.exists(path));
  }

  @ParameterizedTest
  @CsvSource({"no/such/run.hlog, there is no such folder", "'', it is a folder"})
  void aFileThatCannotBeWrittenIsToldBeforeTheTest(String name, String reason) {
    Path path = folder.resolve(name);
    UsageException failure =
        assertThrows(UsageException.class, () -> HdrLog.open("--hdr", path, () -> STARTED_MILLIS));
    assertEquals("cannot write --hdr " + path + ": " + reason, failure.getMessage());
  }

  @Test
  void aFullDiskIsToldOnceAndTheTestGoesOn() {
    RecordedTest test = new RecordedTest(true, 0);
    try (HdrLog log = HdrLog.open("--hdr", FULL, () -> STARTED_MILLIS)) {
      for (int i = 0; i < 3; i++) {
        log.interval(test.ok(1, 1000).second());
      }
      log.finish();
      ClientFailure failure = log.failure().orElseThrow();
      assertEquals("cannot write --hdr /dev/full: No space left on device", failure.getMessage());
      assertEquals(7, failure.exitCode());
    }
  }
}
