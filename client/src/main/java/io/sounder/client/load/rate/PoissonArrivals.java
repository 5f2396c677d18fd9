package io.sounder.client.load.rate;

import java.util.SplittableRandom;

/**
 * A Poisson process, whose rate may change over time: the arrivals of a process of rate 1, mapped
 * through the profile.
 */
final class PoissonArrivals implements Arrivals {
  private final RateProfile profile;
  private final int shares;
  private final long seed;
  private final Arrival next;
  private Arrival counted; // the same process, up to the moment that was last asked about
  private long countedToNanos;

  PoissonArrivals(RateProfile profile, int shares, long seed) {
    this.profile = profile;
    this.shares = shares;
    this.seed = seed;
    this.next = new Arrival();
    this.counted = new Arrival();
  }

  @Override
  public long plannedNanos() {
    return next.plannedNanos;
  }

  @Override
  public void advance() {
    next.advance();
  }

  @Override
  public long skipBefore(long nanos) {
    long before = next.index;
    while (next.plannedNanos < nanos) {
      next.advance();
    }
    return next.index - before;
  }

  @Override
  public long plannedBefore(long nanos) {
    if (nanos < countedToNanos) {
      counted = new Arrival();
    }
    countedToNanos = nanos;
    while (counted.plannedNanos < nanos) {
      counted.advance();
    }
    return counted.index;
  }

  private final class Arrival {
    private final SplittableRandom random = new SplittableRandom(seed);
    private double requests; // due in the whole plan, all shares together
    private long index = -1;
    private long plannedNanos;

    Arrival() {
      advance();
    }

    void advance() {
      requests -= Math.log(1 - random.nextDouble()) * shares;
      index++;
      plannedNanos = profile.momentNanos(requests);
    }
  }
}
