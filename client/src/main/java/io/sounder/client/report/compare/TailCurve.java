package io.sounder.client.report.compare;

/**
 * How the latencies of one second lie, as far as its median, 99th percentile and maximum tell: in
 * between, the logarithm of the latency rises evenly with the number of nines. Below the median the
 * curve is mirrored. Good enough for how much seconds differ, which is all that it is used for.
 */
final class TailCurve {
  private static final double LOG10_OF_2 = Math.log10(2);
  private static final double LEAST_SLOPE = 1e-3; // where all latencies are the same

  private final double[] nines;
  private final double[] logNanos;

  private TailCurve(double[] nines, double[] logNanos) {
    this.nines = nines;
    this.logNanos = logNanos;
  }

  /**
   * A curve through three points.
   *
   * @param count how many latencies there were
   */
  static TailCurve of(double p50, double p99, double max, double count) {
    double median = Math.log(Math.max(1, p50));
    double tail = Math.max(median + LEAST_SLOPE, Math.log(Math.max(1, p99)));
    double end = Math.max(tail + LEAST_SLOPE, Math.log(Math.max(1, max)));
    double last = Math.log10(Math.max(3, count));
    double mirrored = median - (tail - median) / 2;
    return last <= 2.01
        ? new TailCurve(new double[] {0, LOG10_OF_2, last}, new double[] {mirrored, median, end})
        : new TailCurve(
            new double[] {0, LOG10_OF_2, 2, last}, new double[] {mirrored, median, tail, end});
  }

  /** Which part of the latencies is longer. */
  double partAbove(double logarithm) {
    if (logarithm <= logNanos[0]) {
      return 1;
    }
    for (int i = 1; i < logNanos.length; i++) {
      if (logarithm < logNanos[i]) {
        double part = (logarithm - logNanos[i - 1]) / (logNanos[i] - logNanos[i - 1]);
        return Math.pow(10, -(nines[i - 1] + part * (nines[i] - nines[i - 1])));
      }
    }
    return 0;
  }
}
