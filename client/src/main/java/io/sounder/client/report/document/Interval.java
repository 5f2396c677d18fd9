package io.sounder.client.report.document;

import java.util.List;

/**
 * What happened in one stretch of the measurement, of a second at first.
 *
 * @param fromNanos since the start of the measurement
 * @param lost may be negative: a reply that came late takes its request out of those that were lost
 *     in an earlier interval
 * @param pending by how many more or fewer requests are pending at its end than at its beginning
 * @param p50Nanos with the next two, of the response times of the replies that came in it; null if
 *     none did
 * @param approximate whether the percentiles are weighted means of those of the runs that were
 *     merged
 */
public record Interval(
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
    Long p50Nanos,
    Long p99Nanos,
    Long maxNanos,
    boolean approximate) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** How long most of them are; 0 if there are none. */
  public static long usualNanos(List<Interval> intervals) {
    long[] lengths = intervals.stream().mapToLong(Interval::lengthNanos).sorted().toArray();
    return lengths.length == 0 ? 0 : lengths[lengths.length / 2];
  }

  /** Replies per second that were right. */
  public double rate() {
    return ok * NANOS_PER_SECOND / lengthNanos;
  }

  /** Requests that ended in it without a right reply in time. */
  public long bad() {
    return corrupt + late + lost + refused + errors;
  }

  public boolean hasLatencies() {
    return p50Nanos != null && p99Nanos != null && maxNanos != null;
  }
}
