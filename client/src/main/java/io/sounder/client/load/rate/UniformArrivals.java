package io.sounder.client.load.rate;

/** Every so manieth request of a plan in which they are evenly spread. */
final class UniformArrivals implements Arrivals {
  private final RateProfile profile;
  private final int share;
  private final int shares;
  private long index; // of the next request, in the whole plan
  private long plannedNanos;

  UniformArrivals(RateProfile profile, int share, int shares) {
    this.profile = profile;
    this.share = share;
    this.shares = shares;
    this.index = share;
    this.plannedNanos = profile.momentNanos((double) index);
  }

  @Override
  public long plannedNanos() {
    return plannedNanos;
  }

  @Override
  public void advance() {
    index += shares;
    plannedNanos = profile.momentNanos((double) index);
  }

  @Override
  public long skipBefore(long nanos) {
    long passed = Math.max(0, plannedBefore(nanos) - (index - share) / shares);
    index += passed * shares;
    plannedNanos = profile.momentNanos((double) index);
    return passed;
  }

  @Override
  public long plannedBefore(long nanos) {
    long all = allBefore(nanos);
    return all <= share ? 0 : (all - share - 1) / shares + 1;
  }

  /** Of the whole plan: the index of the first that is not before. */
  private long allBefore(long nanos) {
    if (nanos <= 0) {
      return 0;
    }
    long low = 0;
    long high = (long) profile.requestsBefore(nanos) + 2; // rounding may hide one
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (profile.momentNanos((double) middle) < nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
