package io.sounder.bench.race.report;

import io.sounder.bench.race.result.Figure;
import io.sounder.bench.race.result.Sample;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Figures, as people read them. */
final class Quantity {
  private Quantity() {}

  static double median(Figure figure, List<Sample> samples) {
    return medianOf(samples, figure::of);
  }

  static double medianOf(List<Sample> samples, ToDoubleFunction<Sample> value) {
    double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** {@code 171,234}. */
  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 1000 ? "%,.1f" : "%,.0f", perSecond);
  }

  /** Half of what lies between the best and the worst, in percent of the median. */
  static String spread(List<Sample> samples) {
    double[] sorted = samples.stream().mapToDouble(Sample::requestsPerSecond).sorted().toArray();
    double half = (sorted[sorted.length - 1] - sorted[0]) / 2 / median(Figure.RATE, samples);
    return String.format(Locale.ROOT, "±%.0f %%", half * 100);
  }

  static String micros(double nanos) {
    double micros = nanos / 1e3;
    return String.format(Locale.ROOT, micros < 100 ? "%.1fµs" : "%,.0fµs", micros);
  }

  /** Two decimals; a dash for none. */
  static String ratio(double ratio) {
    return Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, "%.2f", ratio);
  }
}
