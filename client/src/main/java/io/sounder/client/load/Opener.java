package io.sounder.client.load;

import java.util.ArrayDeque;

/**
 * Opens sessions in the order in which they ask: at a given rate, or only so many at a time, so
 * that thousands of connects overflow no backlog. Belongs to its loop's thread.
 */
final class Opener {
  /** Half of the smallest backlog that is common (128). */
  static final int MAX_OPENING = 64;

  /** Then the sockets are looked at, so that connect times are not those of the other opens. */
  static final int MAX_OPENS_PER_CYCLE = 8;

  /** How far behind its rate it may be and still catch up: a little more than the loop's tick. */
  static final long CATCH_UP_NANOS = 2 * Lookout.TICK_MILLIS * 1_000_000L;

  private static final double NANOS_PER_SECOND = 1e9;

  private final ArrayDeque<Session> waiting = new ArrayDeque<>();
  private final double intervalNanos;
  private double nextNanos; // relative to the origin
  private long originNanos;
  private boolean begun;
  private int opening;

  /**
   * An opener with nothing to open yet.
   *
   * @param perSecond how many to open per second; 0: as many as the peer takes
   */
  Opener(double perSecond) {
    this.intervalNanos = perSecond > 0 ? NANOS_PER_SECOND / perSecond : 0;
  }

  /** A session wants to be opened; it is as soon as its turn comes. */
  void request(Session session) {
    waiting.add(session);
  }

  /** An attempt has ended, one way or the other. */
  void onAttemptEnded() {
    opening--;
  }

  /**
   * Opens as many as may be, though not too many at once.
   *
   * @return whether more could have been opened
   */
  boolean openNext(long nowNanos) {
    for (int i = 0; i < MAX_OPENS_PER_CYCLE; i++) {
      if (waiting.isEmpty() || !tryClaim(nowNanos)) {
        return false;
      }
      opening++;
      waiting.poll().open(nowNanos);
    }
    return true;
  }

  private boolean tryClaim(long nowNanos) {
    if (intervalNanos == 0) {
      return opening < MAX_OPENING;
    }
    if (!begun) {
      begun = true;
      originNanos = nowNanos;
    }
    double elapsed = nowNanos - originNanos;
    if (nextNanos > elapsed) {
      return false;
    }
    nextNanos = Math.max(nextNanos, elapsed - CATCH_UP_NANOS) + intervalNanos;
    return true;
  }
}
