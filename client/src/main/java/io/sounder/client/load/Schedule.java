package io.sounder.client.load;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The stretch of time in which requests may be sent, and how many are left where their number is
 * limited; those of the warm-up do not count.
 *
 * <p>Any thread. Moments are those of the run's clock.
 */
final class Schedule {
  /** After an interrupt the user waits for the report; a healthy peer answers within this. */
  private static final long INTERRUPTED_DRAIN_NANOS = 250_000_000L;

  private final boolean limited;
  private final AtomicLong left;
  private final long drainNanos;

  private long startNanos;
  private long measureFromNanos;
  private volatile long endNanos;
  private volatile boolean started;
  private volatile boolean interrupted;

  /**
   * Not started yet.
   *
   * @param drainNanos how long replies are awaited after the end
   */
  Schedule(long requests, long drainNanos) {
    this.limited = requests != LoadPlan.UNLIMITED;
    this.left = new AtomicLong(requests);
    this.drainNanos = drainNanos;
  }

  /** Opens the gate, unless the run was interrupted before. */
  synchronized void start(long nowNanos, long warmUpNanos, long durationNanos) {
    if (interrupted) {
      return;
    }
    startNanos = nowNanos;
    measureFromNanos = nowNanos + warmUpNanos;
    endNanos = measureFromNanos + durationNanos;
    started = true;
  }

  /** Ends the sending early. */
  synchronized void interrupt(long nowNanos) {
    if (!started || endNanos - nowNanos > 0) {
      endNanos = nowNanos;
    }
    interrupted = true;
  }

  boolean isStarted() {
    return started;
  }

  boolean isInterrupted() {
    return interrupted;
  }

  /** Takes the right to send one request now; it must then be sent. */
  boolean claim(long nowNanos) {
    if (!started || nowNanos - endNanos >= 0) {
      return false;
    }
    boolean warmingUp = nowNanos - measureFromNanos < 0;
    return !limited || warmingUp || left.getAndDecrement() > 0;
  }

  /** Whether the time for sending is over. */
  boolean hasEnded(long nowNanos) {
    return (started || interrupted) && nowNanos - endNanos >= 0;
  }

  /** Whether all requests that were asked for have been claimed. */
  boolean isExhausted() {
    return limited && left.get() <= 0;
  }

  /** Whether replies are not awaited any longer. */
  boolean isDrained(long nowNanos) {
    long drain = interrupted ? Math.min(drainNanos, INTERRUPTED_DRAIN_NANOS) : drainNanos;
    return hasEnded(nowNanos) && nowNanos - endNanos - drain >= 0;
  }

  /** When the warm-up began; only after the start. */
  long startNanos() {
    return startNanos;
  }

  /** From when on requests are measured; only after the start. */
  long measureFromNanos() {
    return measureFromNanos;
  }

  /** When the sending ends or ended; only after the start. */
  long endNanos() {
    return endNanos;
  }
}
