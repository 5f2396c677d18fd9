package io.sounder.server.fault;

import java.util.concurrent.TimeUnit;

/** So many per second, at even distances, without an error that adds up. */
final class Rate {
  static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private Rate() {}

  /**
   * How long after the beginning the n-th comes, rounded up: never early.
   *
   * @param count from 0 to a second's worth and a few; at most 2^33
   * @param perSecond from 1 to 10^9
   */
  static long nanosFor(long count, long perSecond) {
    return (count * SECOND + perSecond - 1) / perSecond;
  }
}
