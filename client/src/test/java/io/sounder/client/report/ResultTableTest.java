package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.stats.Snapshot;
import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private final LoopStatistics statistics = new LoopStatistics();
  private final Latencies latencies = new Latencies();

  @Test
  void aCleanResultSaysSoInEightyColumns() {
    answer(1000);
    List<String> lines = ResultTable.lines(result(), Style.PLAIN);
    String table = String.join("\n", lines);
    assertTrue(table.contains("VALID  every reply verified"), table);
    assertTrue(table.contains("1,000  100 %"), table);
    assertFalse(table.contains("corrupt"), table);
    lines.forEach(line -> assertTrue(line.length() <= 80, line));
    assertEquals(
        table, new String(table.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII));
  }

  @Test
  void everyKindOfTroubleIsNamedWithItsCount() {
    answer(10);
    for (int i = 0; i < 6; i++) {
      statistics.sent(0);
    }
    statistics.corrupt(0, Wrong.MISDIRECTED);
    statistics.corrupt(0, Wrong.TRUNCATED);
    statistics.failed(0, ErrorClass.RESET);
    statistics.lost(0);
    statistics.refused(0);
    statistics.duplicate(0);
    statistics.connections().onError(ErrorClass.REFUSED);
    String table = String.join("\n", ResultTable.lines(result(), Style.PLAIN));
    for (String trouble :
        List.of(
            "FAILED  2 wrong, 1 duplicate, 1 failed, 1 lost, 1 refused, 1 pending, "
                + "1 connection errors",
            "misdirected 1, truncated 1",
            "the oldest for 2.50 s")) {
      assertTrue(table.contains(trouble), table);
    }
  }

  @Test
  void straysStandBesideTheCorruptRepliesAndNotAmongThem() {
    statistics.sent(0);
    statistics.corrupt(0, Wrong.CORRUPT);
    statistics.stray(Wrong.CORRUPT, 0);
    statistics.stray(Wrong.MISDIRECTED, 0);
    List<String> lines = ResultTable.lines(result(), Style.PLAIN);
    assertEquals("corrupt 1 corrupt 1", row(lines, "corrupt"));
    assertEquals("strays 2 corrupt 1, misdirected 1", row(lines, "strays"));
    assertTrue(lines.stream().anyMatch(line -> line.contains("FAILED  1 wrong, 2 stray")));
    lines.forEach(line -> assertTrue(line.length() <= 80, line));
  }

  private static String row(List<String> lines, String name) {
    return lines.stream()
        .map(line -> line.strip().replaceAll(" +", " "))
        .filter(line -> line.startsWith(name + " "))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTestInWhichNothingWasSentIsNotValid() {
    LoadResult nothing = result();
    assertEquals("FAILED", nothing.verdict());
    assertEquals(7, nothing.exitCode());
  }

  @Test
  void wrongRepliesComeBeforeFailuresInTheExitCode() {
    answer(1);
    statistics.sent(0);
    statistics.lost(0);
    assertEquals(7, result().exitCode());
    statistics.stray(Wrong.EXTRA, 0);
    assertEquals(5, result().exitCode());
  }

  private void answer(int count) {
    for (int i = 0; i < count; i++) {
      statistics.sent(0);
      statistics.ok(0, 40_000 + i * 10L, true);
      latencies.record(40_000 + i * 10L);
    }
  }

  private LoadResult result() {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (String name :
        List.of("connections", "threads", "pipeline", "size", "duration", "warmup")) {
      settings.put(name, 123_456);
    }
    Snapshot snapshot = statistics.snapshot(2_500_000_000L);
    return new LoadResult(
        "tcp://127.0.0.1:8888",
        settings,
        1,
        true,
        true,
        0,
        false,
        1_000_000_000L,
        snapshot.measured(),
        snapshot.warmUp(),
        snapshot.connections(),
        latencies,
        snapshot.oldestPendingNanos(),
        0.5,
        0);
  }
}
