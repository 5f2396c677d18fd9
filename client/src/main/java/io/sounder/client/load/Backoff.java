package io.sounder.client.load;

/** Pauses between attempts that bring nothing, each twice as long as the one before. */
final class Backoff {
  static final long FIRST_NANOS = 10_000_000L;
  static final long LONGEST_NANOS = 1_000_000_000L;

  private long nextNanos = FIRST_NANOS;

  /** The pause after one more futile attempt. */
  long nextPauseNanos() {
    long pause = nextNanos;
    nextNanos = Math.min(LONGEST_NANOS, nextNanos * 2);
    return pause;
  }

  /** An attempt was good for something. */
  void reset() {
    nextNanos = FIRST_NANOS;
  }
}
