package io.sounder.server.fault;

import java.util.concurrent.TimeUnit;

/**
 * How far a connection is with bytes that go out at a limited rate, as over a slow line: a byte may
 * go once the line has had the time for it. Belongs to the connection's owner.
 */
final class Pace {
  /** Bytes go in steps that take so long, or one at a time: more often would only cost. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** More than that is not made up for: the socket was full, or we were stopped. */
  private static final long MAX_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private long bytesPerSecond;
  private long baseNanos;
  private long sent; // since then

  /** Begins with a reply; if the line is still busy with an earlier one, behind that. */
  void begin(long newBytesPerSecond, long dueNanos) {
    boolean free = bytesPerSecond == 0 || clearNanos(0) - dueNanos < 0;
    if (free || bytesPerSecond != newBytesPerSecond) {
      baseNanos = free ? dueNanos : clearNanos(0);
      bytesPerSecond = newBytesPerSecond;
      sent = 0;
    }
  }

  /** How many of so many bytes may go now. */
  int allowed(int left, long nowNanos) {
    long lateNanos = nowNanos - nextNanos(left);
    baseNanos += Math.max(0, lateNanos - MAX_LATE_NANOS);
    long elapsedNanos = Math.max(0, nowNanos - baseNanos);
    long allowed = elapsedNanos * bytesPerSecond / Rate.SECOND - sent;
    return (int) Math.max(0, Math.min(left, allowed));
  }

  void onSent(int count) {
    sent += count;
    while (sent >= bytesPerSecond) {
      sent -= bytesPerSecond;
      baseNanos += Rate.SECOND;
    }
  }

  /** When to go on with so many bytes left. */
  long nextNanos(int left) {
    long step = Math.max(1, bytesPerSecond * STEP_NANOS / Rate.SECOND);
    return clearNanos(Math.min(left, step));
  }

  /** When the line will have had the time for so many bytes more. */
  private long clearNanos(long more) {
    return baseNanos + Rate.nanosFor(sent + more, bytesPerSecond);
  }
}
