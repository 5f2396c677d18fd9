package io.sounder.client.load.rate;

/** The same rate all the time. */
record ConstantRate(double perSecond) implements RateProfile {
  private static final double NANOS_PER_SECOND = 1e9;

  @Override
  public long momentNanos(double requests) {
    return Math.round(requests * NANOS_PER_SECOND / perSecond);
  }

  @Override
  public double requestsBefore(long nanos) {
    return nanos * perSecond / NANOS_PER_SECOND;
  }

  @Override
  public double perSecondAt(long nanos) {
    return perSecond;
  }

  @Override
  public String text() {
    return Rates.text(perSecond);
  }
}
