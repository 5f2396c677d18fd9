package io.sounder.bench.race.result;

import java.util.function.ToDoubleFunction;

/** What of a sample is compared. */
public enum Figure {
  RATE("requests/s", Sample::requestsPerSecond, true),
  P50("p50", Sample::p50Nanos, false),
  P99("p99", Sample::p99Nanos, false),
  CPU("CPU per request", Sample::cpuNanosPerRequest, false);

  private final String title;
  private final boolean moreIsBetter;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
  private final ToDoubleFunction<Sample> value;

  Figure(String title, ToDoubleFunction<Sample> value, boolean moreIsBetter) {
    this.title = title;
    this.value = value;
    this.moreIsBetter = moreIsBetter;
  }

  public String title() {
    return title;
  }

  public boolean moreIsBetter() {
    return moreIsBetter;
  }

  public double of(Sample sample) {
    return value.applyAsDouble(sample);
  }
}
