package io.sounder.client.load.rate;

/**
 * The course of a rate over time: how many requests are due up to a moment, and the moment up to
 * which so many are. The numbers of requests are real ones, so that random arrivals can be mapped
 * through it as well as every whole number. Moments are nanoseconds from the start.
 */
public sealed interface RateProfile permits ConstantRate, LinearRamp {
  /** The same rate all the time, in requests per second. */
  static RateProfile constant(double perSecond) {
    return new ConstantRate(perSecond);
  }

  /**
   * When so many requests are due; the inverse of {@link #requestsBefore}, rounded to whole
   * nanoseconds. Never earlier for more requests. Each is computed by itself, so that nothing adds
   * up: it is right to a nanosecond for the first 100 days.
   *
   * @param requests 0 or more
   */
  long momentNanos(double requests);

  /** How many requests are due before a moment, which is 0 or later. */
  double requestsBefore(long nanos);

  /** As it was asked for: {@code 50k}, or {@code 1k:50k:30s}. */
  String text();

  /** The rate at a moment, in requests per second. */
  double perSecondAt(long nanos);
}
