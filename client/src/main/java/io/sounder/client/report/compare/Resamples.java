package io.sounder.client.report.compare;

import io.sounder.client.report.document.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a side's figures might as well have been: its seconds drawn again and again, with
 * replacement, in blocks of neighbours, because a slow second is often followed by another (a
 * circular block bootstrap). The same documents give the same numbers: the seed is fixed.
 */
final class Resamples {
  static final int COUNT = 4000;

  private static final int GRID = 256;
  private static final long SEED = 0x5eed_50d4L;

  private final Side side;
  private final long seed;
  private final Random random;
  private final Map<Quantity, double[]> deviations = new EnumMap<>(Quantity.class);
  private final Map<Quantity, Double> centers = new EnumMap<>(Quantity.class);
  private final double blocks;

  private Resamples(Side side, long seed) {
    this.side = side;
    this.seed = seed;
    this.random = new Random(seed);
    this.blocks = blocks(side);
  }

  /**
   * Draws.
   *
   * @param salt differs between the sides, so that they do not draw alike
   */
  static Resamples of(Side side, int salt) {
    Resamples resamples = new Resamples(side, SEED + salt);
    if (side.secondCount() > 0) {
      resamples.draw();
    }
    return resamples;
  }

  /** How many seconds to a block: more where there are more, so that longer moods fit in. */
  private static int blockLength(int seconds) {
    return Math.max(2, (int) Math.sqrt(seconds));
  }

  private static double blocks(Side side) {
    return side.seconds().stream()
        .mapToDouble(run -> (double) run.size() / blockLength(run.size()))
        .sum();
  }

  /** How many blocks there are; the fewer, the less is known about how much they differ. */
  double blocks() {
    return blocks;
  }

  /** The variance of what was drawn. */
  double variance(Metric metric) {
    double[] drawn = deviations.get(metric.quantity());
    double deviation = drawn == null ? 0 : deviation(drawn);
    return deviation * deviation;
  }

  private void draw() {
    double[] logGrid = logGrid();
    List<RunSeconds> runs = new ArrayList<>();
    for (List<Interval> seconds : side.seconds()) {
      if (!seconds.isEmpty()) {
        runs.add(RunSeconds.of(seconds, logGrid));
      }
    }
    RunSeconds.Sum sum = new RunSeconds.Sum(logGrid);
    runs.forEach(run -> run.addTo(sum, 0, run.count()));
    centers.putAll(figures(sum));
    centers.keySet().forEach(quantity -> deviations.put(quantity, new double[COUNT]));
    for (int i = 0; i < COUNT; i++) {
      sum.clear();
      runs.forEach(run -> drawBlocks(run, sum));
      Map<Quantity, Double> drawn = figures(sum);
      for (var entry : deviations.entrySet()) {
        double center = centers.get(entry.getKey());
        entry.getValue()[i] = drawn.getOrDefault(entry.getKey(), center) - center;
      }
    }
    deviations.forEach(this::widen);
  }

  /** Makes up for what neighbours beyond the length of a block have in common. */
  private void widen(Quantity quantity, double[] drawn) {
    int length = blockLength(side.secondCount() / side.runs().size());
    double factor = Persistence.widening(side.seconds(), quantity, length);
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] *= factor;
    }
  }

  private void drawBlocks(RunSeconds run, RunSeconds.Sum sum) {
    int length = Math.min(run.count(), blockLength(run.count()));
    for (int drawn = 0; drawn < run.count(); drawn += length) {
      run.addTo(sum, random.nextInt(run.count()), Math.min(length, run.count() - drawn));
    }
  }

  /** Logarithms, but of errors. */
  private static Map<Quantity, Double> figures(RunSeconds.Sum sum) {
    Map<Quantity, Double> figures = new EnumMap<>(Quantity.class);
    figures.put(Quantity.RATE, Math.log(Math.max(1e-9, sum.rate())));
    figures.put(Quantity.ERRORS, sum.partBad());
    if (sum.hasLatencies()) {
      for (Quantity quantity : Quantity.values()) {
        if (quantity.isPercentile()) {
          figures.put(quantity, sum.logPercentile(quantity.statistic().percentile()));
        }
      }
      figures.put(Quantity.MAX, sum.logMax());
      figures.put(Quantity.MEAN, sum.logMean());
    }
    return figures;
  }

  private double[] logGrid() {
    double low = Double.MAX_VALUE;
    double high = 1;
    for (List<Interval> seconds : side.seconds()) {
      for (Interval second : seconds) {
        if (second.hasLatencies()) {
          low = Math.min(low, Math.log(Math.max(1.0, second.p50Nanos())) - 1);
          high = Math.max(high, Math.log(Math.max(1.0, second.maxNanos())) + 0.01);
        }
      }
    }
    double[] grid = new double[GRID];
    double start = Math.min(low, high - 1);
    for (int i = 0; i < GRID; i++) {
      grid[i] = start + (high - start) * i / (GRID - 1);
    }
    return grid;
  }

  /**
   * The figure itself, in as many versions as were drawn; empty if there is no telling.
   *
   * @param betweenRuns the standard deviation from run to run, beyond what their seconds explain
   * @param degrees of freedom with which that is known; 0 if it is not
   */
  double[] values(Metric metric, double betweenRuns, int degrees) {
    double value = side.value(metric);
    boolean isErrors = metric.quantity() == Quantity.ERRORS;
    return values(metric, isErrors ? value : Math.log(Math.max(1e-9, value)), betweenRuns, degrees);
  }

  /**
   * The same, but about the figure as it can be told from the seconds alone. That is off by how
   * crude a picture of a second three figures are, in much the same way on both sides; but where a
   * few seconds make up a percentile, it is the better picture of what the rest is like.
   */
  double[] valuesOfSeconds(Metric metric, double betweenRuns, int degrees) {
    return values(metric, centers.get(metric.quantity()), betweenRuns, degrees);
  }

  private double[] values(Metric metric, double center, double betweenRuns, int degrees) {
    double[] drawn = deviations.get(metric.quantity());
    if (drawn == null || Double.isNaN(center)) {
      return new double[0];
    }
    double least = side.leastDeviation(metric);
    double added = Math.sqrt(Math.max(0, least * least - variance(metric)));
    double ofRuns = betweenRuns / Math.sqrt(side.runs().size());
    Random noise = new Random(seed + metric.text().hashCode());
    double[] values = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      double chance = added * noise.nextGaussian() + ofRuns * student(noise, degrees);
      double figure = center + drawn[i] + chance;
      values[i] = metric.quantity() == Quantity.ERRORS ? Math.max(0, figure) : Math.exp(figure);
    }
    return values;
  }

  /** The variance that the seconds of a single run explain. */
  double varianceOfOneRun(Metric metric) {
    return variance(metric) * side.runs().size();
  }

  /** The squares by which the figures of the runs are off their mean. */
  double squaresBetweenRuns(Metric metric) {
    double[] figures =
        side.runs().stream()
            .mapToDouble(run -> Side.value(run, metric))
            .map(each -> metric.quantity() == Quantity.ERRORS ? each : Math.log(Math.max(1, each)))
            .toArray();
    double deviation = deviation(figures);
    return deviation * deviation * (figures.length - 1);
  }

  private static double student(Random random, int degrees) {
    double normal = random.nextGaussian();
    if (degrees < 1) {
      return normal;
    }
    double squares = 0;
    for (int i = 0; i < degrees; i++) {
      double each = random.nextGaussian();
      squares += each * each;
    }
    return normal / Math.sqrt(squares / degrees);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(each -> (each - mean) * (each - mean)).sum();
    return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
  }
}
