package io.sounder.client.report.compare;

/** What little of the normal and of Student's distribution a comparison needs. */
final class StudentT {
  /** Beyond it, on each side, lie 2.5 % of the normal distribution. */
  static final double NORMAL_975 = 1.959963984540054;

  private StudentT() {}

  /**
   * The value beyond which lie 2.5 % of Student's distribution, by the expansion of Cornish and
   * Fisher (Abramowitz and Stegun, 26.7.5); within 1 % from 3 degrees on.
   *
   * @param degrees of freedom, at least 3
   */
  static double quantile975(double degrees) {
    double z = NORMAL_975;
    double z2 = z * z;
    double g1 = z * (z2 + 1) / 4;
    double g2 = z * (5 * z2 * z2 + 16 * z2 + 3) / 96;
    double g3 = z * (3 * z2 * z2 * z2 + 19 * z2 * z2 + 17 * z2 - 15) / 384;
    double g4 =
        z
            * (79 * z2 * z2 * z2 * z2 + 776 * z2 * z2 * z2 + 1482 * z2 * z2 - 1920 * z2 - 945)
            / 92160;
    double n = degrees;
    return z + g1 / n + g2 / (n * n) + g3 / (n * n * n) + g4 / (n * n * n * n);
  }

  /** Which part of the normal distribution lies below (Abramowitz and Stegun, 26.2.17; 1e-7). */
  static double normalBelow(double z) {
    if (z > 0) {
      return 1 - normalBelow(-z);
    }
    double t = 1 / (1 - 0.2316419 * z);
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
  }
}
