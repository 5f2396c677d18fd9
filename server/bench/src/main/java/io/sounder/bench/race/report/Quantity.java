package io.sounder.bench.race.report;

import io.sounder.bench.race.result.Figure;
import io.sounder.bench.race.result.Quantiles;
import io.sounder.bench.race.result.Sample;
import java.util.List;
import java.util.Locale;

/** Figures, as people read them. */
final class Quantity {
  private static final String NONE = "–";

  private Quantity() {}

  /** {@code 171,234}. */
  static String rate(double perSecond) {
    if (Double.isNaN(perSecond)) {
      return NONE;
    }
    return String.format(Locale.ROOT, perSecond < 1000 ? "%,.1f" : "%,.0f", perSecond);
  }

  /**
   * Half of what lies between the best and the worst, in percent of the median; a dash for none.
   */
  static String spread(List<Sample> samples) {
    if (samples.isEmpty()) {
      return NONE;
    }
    double[] sorted = samples.stream().mapToDouble(Sample::requestsPerSecond).sorted().toArray();
    double half =
        (sorted[sorted.length - 1] - sorted[0]) / 2 / Quantiles.median(Figure.RATE, samples);
    return String.format(Locale.ROOT, "±%.0f %%", half * 100);
  }

  static String micros(double nanos) {
    if (Double.isNaN(nanos)) {
      return NONE;
    }
    double micros = nanos / 1e3;
    return String.format(Locale.ROOT, micros < 100 ? "%.1fµs" : "%,.0fµs", micros);
  }

  /** {@code 98 %} of a core. */
  static String share(double cores) {
    return Double.isNaN(cores) ? NONE : String.format(Locale.ROOT, "%.0f %%", cores * 100);
  }

  /** Two decimals; a dash for none. */
  static String ratio(double ratio) {
    return Double.isNaN(ratio) ? NONE : String.format(Locale.ROOT, "%.2f", ratio);
  }
}
