package io.sounder.client.report.compare;

/**
 * How large an effect is, and between what it lies, with a confidence of 95 %.
 *
 * @param unknown why there is no telling; empty if there is
 */
record Estimate(double effect, double low, double high, String unknown) {
  static Estimate unknown(double effect, String why) {
    return new Estimate(effect, Double.NaN, Double.NaN, why);
  }

  boolean isKnown() {
    return unknown.isEmpty();
  }
}
