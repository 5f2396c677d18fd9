package io.sounder.bench.race.result;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle and the ends of a few values. */
public final class Quantiles {
  private Quantiles() {}

  /** Of a figure in all samples; NaN without any. */
  public static double median(Figure figure, List<Sample> samples) {
    return median(samples, figure::of);
  }

  /** Of a value in all samples; NaN without any. */
  public static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
    return median(samples.stream().mapToDouble(value).sorted().toArray());
  }

  static double median(double[] sorted) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
