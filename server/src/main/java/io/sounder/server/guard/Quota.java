package io.sounder.server.guard;

import java.util.concurrent.TimeUnit;

/**
 * So many a second, evenly: the generic cell rate algorithm (ITU-T I.371), a token bucket that is
 * kept as a single moment, the one at which the next would be due if all came evenly. A bucket is
 * full again once that moment has passed.
 */
final class Quota {
  private final long intervalNanos;
  private final long toleranceNanos;

  /**
   * A quota.
   *
   * @param perSecond 1 to 1,000,000
   * @param burst how many may come at once, at least 1
   */
  Quota(int perSecond, int burst) {
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.toleranceNanos = (burst - 1) * intervalNanos;
  }

  /** Whether one more may come now. */
  boolean allows(long dueNanos, long nowNanos) {
    return dueNanos - nowNanos <= toleranceNanos;
  }

  /** When the next is due after one that came now. */
  long afterOne(long dueNanos, long nowNanos) {
    return (dueNanos - nowNanos > 0 ? dueNanos : nowNanos) + intervalNanos;
  }
}
