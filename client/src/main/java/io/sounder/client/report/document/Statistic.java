package io.sounder.client.report.document;

/** What is said of a distribution of latencies, under the name that it has in a document. */
public enum Statistic {
  MIN("min"),
  MEAN("mean"),
  P50("p50"),
  P90("p90"),
  P99("p99"),
  P99_9("p99.9"),
  P99_99("p99.99"),
  MAX("max");

  private final String text;

  Statistic(String text) {
    this.text = text;
  }

  /** The name: {@code p99.9}. */
  public String text() {
    return text;
  }

  /** Whether it is a percentile strictly between 0 and 100. */
  public boolean isPercentile() {
    return text.charAt(0) == 'p';
  }

  /**
   * The percentile, from 0 to 100.
   *
   * @throws IllegalStateException if this is none
   */
  public double percentile() {
    if (!isPercentile()) {
      throw new IllegalStateException(text + " is no percentile");
    }
    return Double.parseDouble(text.substring(1));
  }
}
