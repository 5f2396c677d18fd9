package io.sounder.bench.race.result;

import java.util.Arrays;
import java.util.List;

/** The middle and the ends of a few values. */
public final class Quantiles {
  private Quantiles() {}

  /** Of a figure in all samples; NaN without any. */
  public static double median(Figure figure, List<Sample> samples) {
    double[] values = samples.stream().mapToDouble(figure::of).toArray();
    Arrays.sort(values);
    return median(values);
  }

  static double median(double[] sorted) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
