package io.sounder.client.report.compare;

import io.sounder.client.report.document.Interval;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much a second is like the one before it, and by how much blocks of some seconds therefore
 * understate how little a run knows.
 */
final class Persistence {
  private static final double MOST = 0.8; // beyond it, a run is too short to tell

  private Persistence() {}

  /**
   * The factor by which a deviation that was drawn from blocks is too small, at least 1.
   *
   * @param runs seconds of each; those without latencies are left out
   */
  static double widening(List<List<Interval>> runs, Quantity quantity, int blockLength) {
    double products = 0;
    double squares = 0;
    int count = 0;
    for (List<Interval> run : runs) {
      double[] series =
          run.stream().filter(Interval::hasLatencies).mapToDouble(series(quantity)).toArray();
      double mean = mean(series);
      for (int i = 0; i < series.length; i++) {
        squares += (series[i] - mean) * (series[i] - mean);
        products += i == 0 ? 0 : (series[i] - mean) * (series[i - 1] - mean);
      }
      count += series.length;
    }
    if (squares == 0 || count < 3) {
      return 1;
    }
    double seen = products / squares;
    double unbiased = seen + (1 + 4 * seen) / count; // Kendall 1954: short series seem less alike
    double likeness = Math.max(0, Math.min(MOST, unbiased));
    return Math.sqrt(variance(count, likeness) / variance(blockLength, likeness));
  }

  /** The series that tells most of a quantity. */
  private static ToDoubleFunction<Interval> series(Quantity quantity) {
    return switch (quantity) {
      case P50, P90, MEAN -> second -> Math.log(Math.max(1.0, second.p50Nanos()));
      case P99, P99_9, P99_99 -> second -> Math.log(Math.max(1.0, second.p99Nanos()));
      case MAX -> second -> Math.log(Math.max(1.0, second.maxNanos()));
      case RATE -> second -> Math.log(Math.max(1e-9, second.rate()));
      case ERRORS -> second -> (double) second.bad() / Math.max(1, second.ok() + second.bad());
    };
  }

  /** Of the mean of so many neighbours, relative to as many that have nothing in common. */
  private static double variance(int count, double likeness) {
    double sum = 1;
    double power = 1;
    for (int lag = 1; lag < count && power > 1e-6; lag++) {
      power *= likeness;
      sum += 2 * (1 - (double) lag / count) * power;
    }
    return sum;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }
}
