package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.stats.Snapshot;
import io.sounder.client.load.stats.Timings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadResultTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;

  @Test
  void aSearchDoesNotTakeALongWayForARateThatWasMissed() {
    assertEquals(100, searched(200 * MILLI, 0).forSearch().achievedPerSecond(), 0.5);
  }

  @Test
  void aSearchSeesAQueueThatGrew() {
    double achieved = searched(200 * MILLI, MILLI).forSearch().achievedPerSecond();
    assertEquals(100 / 1.09, achieved, 0.5);
  }

  /** A hundred requests in a second, each of whose replies takes a little longer than the last. */
  private static LoadResult searched(long firstNanos, long moreNanos) {
    LoopStatistics statistics = new LoopStatistics(true);
    statistics.measureFrom(0);
    for (int i = 0; i < 100; i++) {
      long planned = i * 10L * MILLI;
      statistics.sent(planned, 0);
      statistics.ok(planned, planned, planned + firstNanos + i * moreNanos, true);
    }
    long lastNanos = Math.max(SECOND, statistics.lastEndNanos());
    Snapshot snapshot = statistics.snapshot(0, new Timings(true));
    return new LoadResult(
        new RunIdentity(
            "0123456789abcdef", "tcp://h:1", Map.of(), 1, true, true, 100, "uniform", null),
        Instant.EPOCH,
        100,
        false,
        SECOND,
        lastNanos,
        0,
        snapshot.counts(),
        snapshot.timings(),
        List.of(),
        new SelfReport(0.5, 0, 0, 0, 0));
  }
}
