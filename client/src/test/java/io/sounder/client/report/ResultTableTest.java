package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.stats.Counts;
import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.stats.Snapshot;
import io.sounder.client.load.stats.Timings;
import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private final LoopStatistics statistics = new LoopStatistics(true);
  private final Timings timings = new Timings(true);
  private double rateAsked = Double.NaN;

  ResultTableTest() {
    statistics.measureFrom(0);
  }

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
      statistics.sent(0, 0);
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
    statistics.sent(0, 0);
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
    Verdict nothing = Verdict.of(result(), Style.PLAIN);
    assertEquals("FAILED", nothing.word());
    assertEquals(7, nothing.exitCode());
  }

  @Test
  void wrongRepliesComeBeforeFailuresInTheExitCode() {
    answer(1);
    statistics.sent(0, 0);
    statistics.lost(0);
    assertEquals(7, Verdict.of(result(), Style.PLAIN).exitCode());
    statistics.stray(Wrong.EXTRA, 0);
    assertEquals(5, Verdict.of(result(), Style.PLAIN).exitCode());
  }

  @Test
  void aLagThatShowsInTheResponseTimeMakesTheClientTheLimit() {
    rateAsked = 50_000;
    for (int i = 0; i < 100; i++) {
      statistics.sent(0, 14_000_000);
      statistics.ok(0, 14_000_000, 15_000_000, true);
    }
    Verdict verdict = Verdict.of(result(), Style.PLAIN);
    assertEquals("CLIENT-LIMITED", verdict.word());
    assertEquals("p99 send lag 14.0 ms", verdict.reason());
    assertEquals(6, verdict.exitCode());
    List<String> lines = ResultTable.lines(result(), Style.PLAIN);
    lines.forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void aLagThatDrownsInTheResponseTimeChangesNothing() {
    rateAsked = 50_000;
    for (int i = 0; i < 100; i++) {
      statistics.sent(0, 14_000_000);
      statistics.ok(0, 14_000_000, 1_400_000_000, true);
    }
    assertEquals("VALID", Verdict.of(result(), Style.PLAIN).word());
  }

  @Test
  void anOpenLoopHasBothItsTimesAndSaysWhichIsWhich() {
    rateAsked = 50_000;
    answer(1000);
    statistics.sent(0, 0);
    statistics.unanswered(0, 10, 2_000_000_000);
    String table = String.join("\n", ResultTable.lines(result(), Style.PLAIN));
    for (String part :
        List.of(
            "1000/s of 50,000/s asked",
            "response",
            "service",
            "send lag p99",
            "1 pending or unsent, counted with the time they have waited so far")) {
      assertTrue(table.replace("1,000/s", "1000/s").contains(part), part + " in " + table);
    }
  }

  private void answer(int count) {
    for (int i = 0; i < count; i++) {
      statistics.sent(0, 0);
      statistics.ok(0, 0, 40_000 + i * 10L, true);
    }
  }

  private LoadResult result() {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (String name :
        List.of("connections", "threads", "pipeline", "size", "duration", "warmup")) {
      settings.put(name, 123_456);
    }
    Snapshot snapshot = statistics.snapshot(2_500_000_000L, new Timings(true));
    timings.add(snapshot.timings());
    Counts counts = snapshot.counts();
    boolean openLoop = !Double.isNaN(rateAsked);
    return new LoadResult(
        new RunIdentity(
            "0123456789abcdef",
            "tcp://127.0.0.1:8888",
            settings,
            1,
            true,
            true,
            rateAsked,
            openLoop ? "uniform" : null,
            null),
        Instant.EPOCH,
        counts.measured().sent(),
        false,
        1_000_000_000L,
        1_000_000_000L,
        0,
        counts,
        timings,
        List.of(),
        new SelfReport(0.5, 0, 0, 0, 0));
  }
}
