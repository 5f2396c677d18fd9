package io.sounder.client.ping;

/** Minimum, mean, maximum and standard deviation, as they come. In nanoseconds. */
final class RoundTripTimes {
  private long count;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;
  private double meanNanos;
  private double squaredDistances; // Welford: the sum of squares would lose small differences

  void add(long nanos) {
    count++;
    minNanos = Math.min(minNanos, nanos);
    maxNanos = Math.max(maxNanos, nanos);
    double distance = nanos - meanNanos;
    meanNanos += distance / count;
    squaredDistances += distance * (nanos - meanNanos);
  }

  long count() {
    return count;
  }

  long minNanos() {
    return minNanos;
  }

  long maxNanos() {
    return maxNanos;
  }

  double meanNanos() {
    return meanNanos;
  }

  /** The standard deviation over all, which ping(8) calls mdev. */
  double deviationNanos() {
    return count == 0 ? 0 : Math.sqrt(squaredDistances / count);
  }
}
