package io.sounder.client.load.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalHistoryTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long PLENTY = Long.MAX_VALUE;

  @Test
  void aRowIsTheIntervalInShort() {
    RecordedTest test = new RecordedTest(true, SECOND);
    IntervalHistory history = new IntervalHistory();
    history.add(test.ok(7, 1_000).second());
    test.ok(99, 50_000).ok(1, 9_000_000).sent(3).lost().duplicate();
    history.add(test.second());
    history.add(test.late(3_000_000_000L).second());
    history.add(test.second());

    List<IntervalRow> rows = history.rows();

    assertEquals(3, rows.size(), "the warm-up is no part of it");
    IntervalRow first = rows.get(0);
    assertEquals(0, first.fromNanos());
    assertEquals(SECOND, first.lengthNanos());
    assertEquals(103, first.sent());
    assertEquals(100, first.ok());
    assertEquals(1, first.lost());
    assertEquals(2, first.pending());
    assertEquals(1, first.duplicates());
    assertEquals(50_000, (double) first.p50Nanos(), 50);
    assertEquals(50_000, (double) first.p99Nanos(), 50);
    assertEquals(9_000_000, (double) first.maxNanos(), 9_000);
    IntervalRow second = rows.get(1);
    assertEquals(-1, second.lost());
    assertEquals(1, second.late());
    assertEquals(1, second.timed());
    assertEquals(0, rows.get(2).timed());
    rows.forEach(IntervalHistoryTest::assertBalanced);
  }

  private static void assertBalanced(IntervalRow row) {
    assertEquals(
        row.sent(),
        row.ok()
            + row.corrupt()
            + row.late()
            + row.lost()
            + row.refused()
            + row.errors()
            + row.pending());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 9, 10, 11, 23, 64, 100, 1000})
  void mergedRowsAreWhatTheirIntervalsWereTogether(int seconds) {
    int maxRows = 8;
    Random random = new Random(seconds);
    RecordedTest test = new RecordedTest(false, 0);
    IntervalHistory history = new IntervalHistory(maxRows, PLENTY);
    List<Interval> all = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      for (int j = random.nextInt(20); j > 0; j--) {
        test.ok(1, (long) (50_000 * Math.exp(2 * random.nextGaussian())));
      }
      test.sent(random.nextInt(3));
      while (test.pending() > 3) {
        test.lost();
      }
      Interval interval = test.second();
      all.add(interval);
      history.add(interval);
      assertTrue(history.rows().size() <= maxRows, "after " + i);
    }
    long end = 0;
    for (IntervalRow row : history.rows()) {
      assertEquals(end, row.fromNanos(), "no gap");
      long from = row.fromNanos() / SECOND;
      end = row.fromNanos() + row.lengthNanos();
      List<Interval> its = all.subList((int) from, (int) (end / SECOND));
      Histogram times = new Latencies().histogram();
      its.forEach(interval -> times.add(interval.responseTimes().histogram()));
      assertEquals(times.getTotalCount(), row.timed());
      assertEquals(times.getMaxValue(), row.maxNanos());
      assertEquals(Math.min(row.maxNanos(), times.getValueAtPercentile(50)), row.p50Nanos());
      assertEquals(Math.min(row.maxNanos(), times.getValueAtPercentile(99)), row.p99Nanos());
      assertEquals(sum(its, interval -> interval.counts().ok()), row.ok());
      assertEquals(sum(its, interval -> interval.counts().lost()), row.lost());
      assertEquals(sum(its, interval -> interval.counts().pending()), row.pending());
      assertBalanced(row);
    }
    assertEquals(seconds * SECOND, end, "to the end");
  }

  private static long sum(List<Interval> intervals, ToLongFunction<Interval> count) {
    return intervals.stream().mapToLong(count).sum();
  }

  @Test
  void rowsBecomeLongerTogether() {
    RecordedTest test = new RecordedTest(false, 0);
    IntervalHistory history = new IntervalHistory(100, PLENTY);
    for (int i = 0; i < 5_000; i++) {
      history.add(test.second());
    }
    long longest = history.rows().stream().mapToLong(IntervalRow::lengthNanos).max().orElse(0);
    assertEquals(64 * SECOND, longest);
    assertTrue(history.rows().size() > 100 / 2 - 2, history.rows().size() + " rows");
  }

  /** A day at 100,000/s, at a 24th of the scale: an hour, with a 24th of the rows and bytes. */
  @ParameterizedTest
  @CsvSource({"0.3", "1", "2"})
  void memoryIsBoundedHoweverWideTheDistribution(double sigma) {
    Random random = new Random(1);
    List<Latencies> seconds = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      Latencies latencies = new Latencies();
      for (int j = 0; j < 100_000; j++) {
        latencies.record((long) (50_000 * Math.exp(sigma * random.nextGaussian())));
      }
      seconds.add(latencies);
    }
    long maxBytes = (32L << 20) / 24;
    RecordedTest test = new RecordedTest(false, 0);
    IntervalHistory history = new IntervalHistory(3600 / 24, maxBytes);
    Histogram exact = new Latencies().histogram();
    for (int i = 0; i < 3600; i++) {
      Interval interval = test.times(seconds.get(random.nextInt(32))).second();
      history.add(interval);
      exact.add(interval.responseTimes().histogram());
      assertTrue(history.bytes() <= maxBytes + 40_000, "one row above at most");
    }
    assertEquals(exact, history.sum(), "and nothing is lost");
    assertTrue(history.rows().size() >= 30, "still enough to draw: " + history.rows().size());
  }
}
