package io.sounder.client.report.document;

/**
 * What happened in one stretch of the measurement, of a second at first.
 *
 * @param fromNanos since the start of the measurement
 * @param pending at its end
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
