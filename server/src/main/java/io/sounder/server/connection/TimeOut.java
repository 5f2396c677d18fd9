package io.sounder.server.connection;

/** Reckoning with time-outs, in nanoseconds, where 0 stands for none. */
final class TimeOut {
  private TimeOut() {}

  static boolean hasPassed(long sinceNanos, long timeoutNanos, long nowNanos) {
    return timeoutNanos > 0 && sinceNanos + timeoutNanos - nowNanos <= 0;
  }

  /** How long until this time-out can pass, or the others can; one that does not run may begin. */
  static long soonest(
      long othersNanos, boolean runs, long sinceNanos, long timeoutNanos, long nowNanos) {
    if (timeoutNanos == 0) {
      return othersNanos;
    }
    return Math.min(othersNanos, runs ? sinceNanos + timeoutNanos - nowNanos : timeoutNanos);
  }
}
