package io.sounder.client.load.stats;

/**
 * What happened in a stretch of a load test, a second as a rule. The intervals of a test follow one
 * another without a gap, up to the end of the wait for the last replies: so the counts of those
 * after the warm-up add up to the counts of the measurement, and their histograms to its
 * histograms. Nobody changes what an interval holds.
 *
 * @param fromNanos its beginning, since the start of the measurement; negative in the warm-up
 * @param lengthNanos how long it was
 * @param warmUp whether it is part of the warm-up; none is part of both
 * @param counts what was counted in it; what is pending is counted as a change, so that it may be
 *     negative, and so may be what was lost, if it came late
 * @param responseTimes recorded in it, from the planned moment
 * @param serviceTimes recorded in it, from the send
 * @param totals what was counted up to its end: in the warm-up, or since
 * @param planned how many requests were planned up to its end, counted as {@code totals} are; -1 in
 *     a closed loop
 * @param connectionsOpen at its end
 * @param askedRate the planned rate at its end, per second; NaN in a closed loop
 */
public record Interval(
    long fromNanos,
    long lengthNanos,
    boolean warmUp,
    Ledger counts,
    Latencies responseTimes,
    Latencies serviceTimes,
    Ledger totals,
    long planned,
    int connectionsOpen,
    double askedRate) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Its end, since the start of the measurement. */
  public long toNanos() {
    return fromNanos + lengthNanos;
  }

  /** Right replies per second. */
  public double okPerSecond() {
    return lengthNanos <= 0 ? 0 : counts.ok() * NANOS_PER_SECOND / lengthNanos;
  }
}
