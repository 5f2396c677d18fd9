package io.sounder.client.load.rate;

import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.EndpointException;
import io.sounder.protocol.endpoint.Units;

/**
 * From one rate to another, up or down, by the same amount each second; then it stays there.
 *
 * @param from requests per second at the start
 * @param to requests per second from the end of the ramp on
 * @param rampNanos how long it takes, more than 0
 */
public record LinearRamp(double from, double to, long rampNanos) implements RateProfile {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Reads a ramp such as {@code 1k:50k:30s}.
   *
   * @param flag what it was given with, for the error
   * @throws UsageException with one line for the user
   */
  public static LinearRamp parse(String flag, String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new UsageException(
          flag + ": '" + text + "' is not FROM:TO:TIME, two rates and a time, such as 1k:50k:30s");
    }
    double from = Rates.parse(flag, parts[0]);
    double to = Rates.parse(flag, parts[1]);
    return new LinearRamp(from, to, rampNanos(flag, parts[2]));
  }

  private static long rampNanos(String flag, String text) {
    try {
      long nanos = Units.durationNanos(text);
      if (nanos <= 0) {
        throw new UsageException(flag + ": a ramp takes more than 0s; without one there is --rate");
      }
      return nanos;
    } catch (EndpointException e) {
      throw new UsageException(flag + ": " + e.getMessage());
    }
  }

  /**
   * Checks that the test is long enough to reach the ramp's end.
   *
   * @throws UsageException if it is not
   */
  public void checkWithin(String flag, long durationNanos) {
    if (rampNanos > durationNanos) {
      throw new UsageException(
          flag
              + " takes "
              + Units.durationText(rampNanos)
              + ", longer than --duration "
              + Units.durationText(durationNanos)
              + "; make the test longer, or the ramp shorter");
    }
  }

  /**
   * The ramp's part solves {@code requests = from t + slope t²/2} in the form that loses no digits
   * where {@code slope t} is small beside {@code from}, and that has a solution for a slope of 0
   * and below as well.
   */
  @Override
  public long momentNanos(double requests) {
    double inRamp = inRamp();
    if (requests >= inRamp) {
      return Math.round(rampNanos + (requests - inRamp) * NANOS_PER_SECOND / to);
    }
    double rateSquared = from * from + 2 * slope() * requests;
    double rateThen = Math.sqrt(Math.max(0, rateSquared));
    return Math.min(rampNanos, Math.round(2 * requests / (from + rateThen) * NANOS_PER_SECOND));
  }

  @Override
  public double requestsBefore(long nanos) {
    if (nanos >= rampNanos) {
      return inRamp() + (nanos - rampNanos) * to / NANOS_PER_SECOND;
    }
    return nanos / NANOS_PER_SECOND * (from + perSecondAt(nanos)) / 2;
  }

  @Override
  public double perSecondAt(long nanos) {
    return nanos >= rampNanos ? to : from + slope() * (nanos / NANOS_PER_SECOND);
  }

  private double inRamp() {
    return rampNanos / NANOS_PER_SECOND * (from + to) / 2;
  }

  private double slope() {
    return (to - from) / (rampNanos / NANOS_PER_SECOND);
  }

  @Override
  public String text() {
    return Rates.text(from) + ":" + Rates.text(to) + ":" + Units.durationText(rampNanos);
  }
}
