package io.sounder.client.load.stats;

import org.HdrHistogram.Histogram;

/**
 * An {@link Interval} in short. Counts are of what happened in it, so that they add up; {@code
 * pending} is the change of it, so that the ledger's identity holds in each row.
 *
 * @param fromNanos its beginning, since the start of the measurement
 * @param timed how many response times there were; without any, the percentiles are 0 and mean
 *     nothing
 */
public record IntervalRow(
    long fromNanos,
    long lengthNanos,
    long sent,
    long ok,
    long corrupt,
    long late,
    long lost,
    long refused,
    long errors,
    long pending,
    long duplicates,
    long timed,
    long p50Nanos,
    long p99Nanos,
    long maxNanos) {
  public static IntervalRow of(Interval interval) {
    return of(interval, interval.responseTimes().histogram());
  }

  static IntervalRow of(Interval interval, Histogram responseTimes) {
    Ledger counts = interval.counts();
    return new IntervalRow(
            interval.fromNanos(),
            interval.lengthNanos(),
            counts.sent(),
            counts.ok(),
            counts.corrupt(),
            counts.late(),
            counts.lost(),
            counts.refused(),
            counts.failed(),
            counts.pending(),
            counts.duplicates(),
            0,
            0,
            0,
            0)
        .with(responseTimes);
  }

  /** This and the one after it in one. */
  IntervalRow plus(IntervalRow next, Histogram responseTimesOfBoth) {
    return new IntervalRow(
            fromNanos,
            next.fromNanos + next.lengthNanos - fromNanos,
            sent + next.sent,
            ok + next.ok,
            corrupt + next.corrupt,
            late + next.late,
            lost + next.lost,
            refused + next.refused,
            errors + next.errors,
            pending + next.pending,
            duplicates + next.duplicates,
            0,
            0,
            0,
            0)
        .with(responseTimesOfBoth);
  }

  private IntervalRow with(Histogram times) {
    long max = times.getMaxValue();
    return new IntervalRow(
        fromNanos,
        lengthNanos,
        sent,
        ok,
        corrupt,
        late,
        lost,
        refused,
        errors,
        pending,
        duplicates,
        times.getTotalCount(),
        Math.min(max, times.getValueAtPercentile(50)),
        Math.min(max, times.getValueAtPercentile(99)),
        max);
  }
}
