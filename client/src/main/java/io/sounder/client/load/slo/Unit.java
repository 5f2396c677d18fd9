package io.sounder.client.load.slo;

/** What the numbers of an objective mean. */
public enum Unit {
  NANOS("ns"),
  PERCENT("%"),
  COUNT(""),
  PER_SECOND("/s");

  private final String text;

  Unit(String text) {
    this.text = text;
  }

  /** As it stands behind a number; empty for a mere count. */
  public String text() {
    return text;
  }

  /** A count as it is, or as the share of a whole; NaN where there is no whole. */
  double of(long count, long whole) {
    if (whole == 0) {
      return Double.NaN;
    }
    return this == PERCENT ? 100.0 * count / whole : (double) count;
  }
}
