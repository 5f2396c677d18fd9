package io.sounder.client.report.compare;

import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.Interval;
import java.util.ArrayList;
import java.util.List;

/**
 * The seconds of one run, added up so that the sum over any stretch of them is at hand: replies,
 * requests, time, and how many replies took longer than each of a row of latencies.
 */
final class RunSeconds {
  private static final int MOST = 3600; // as many as a run keeps
  private static final double SHORTEST_PART = 0.5; // of a whole one: shorter ones are left out

  private final List<Interval> seconds;
  private final double[][] sums;
  private final double[] logMax;

  private RunSeconds(List<Interval> seconds, double[][] sums, double[] logMax) {
    this.seconds = seconds;
    this.sums = sums;
    this.logMax = logMax;
  }

  /** The whole seconds of a run; what is left of one at its end is left out. */
  static List<Interval> whole(Document run) {
    long usual = Interval.usualNanos(run.intervals());
    List<Interval> whole = new ArrayList<>();
    for (Interval each : run.intervals()) {
      if (each.lengthNanos() >= usual * SHORTEST_PART) {
        whole.add(each);
      }
    }
    int step = (whole.size() + MOST - 1) / MOST;
    List<Interval> kept = new ArrayList<>();
    for (int i = 0; i < whole.size(); i += step) {
      kept.add(whole.get(i));
    }
    return kept;
  }

  /**
   * Adds up a run's seconds.
   *
   * @param logGrid the logarithms of the latencies, rising
   */
  static RunSeconds of(List<Interval> seconds, double[] logGrid) {
    double[][] sums = new double[seconds.size() + 1][Sum.HEAD + logGrid.length];
    double[] logMax = new double[seconds.size()];
    for (int i = 0; i < seconds.size(); i++) {
      Interval second = seconds.get(i);
      double[] row = sums[i + 1];
      row[Sum.TIME] = second.lengthNanos() / 1e9;
      row[Sum.OK] = second.ok();
      row[Sum.ENDED] = second.ok() + second.bad();
      row[Sum.BAD] = second.bad();
      logMax[i] = Double.NEGATIVE_INFINITY;
      if (second.hasLatencies()) {
        logMax[i] = Math.log(Math.max(1.0, second.maxNanos()));
        addLatencies(second, logGrid, row);
      }
      for (int column = 0; column < row.length; column++) {
        row[column] += sums[i][column];
      }
    }
    return new RunSeconds(seconds, sums, logMax);
  }

  private static void addLatencies(Interval second, double[] logGrid, double[] row) {
    double count = Math.max(1, second.ok());
    TailCurve curve = TailCurve.of(second.p50Nanos(), second.p99Nanos(), second.maxNanos(), count);
    row[Sum.TIMED] = count;
    for (int i = 0; i < logGrid.length; i++) {
      row[Sum.HEAD + i] = count * curve.partAbove(logGrid[i]);
    }
  }

  int count() {
    return seconds.size();
  }

  /** Adds what happened in a stretch of seconds; after the last comes the first. */
  void addTo(Sum sum, int first, int length) {
    int end = first + length;
    addTo(sum, sums[first], sums[Math.min(end, count())]);
    if (end > count()) {
      addTo(sum, sums[0], sums[end - count()]);
    }
    for (int i = first; i < end; i++) {
      sum.logMax = Math.max(sum.logMax, logMax[i % count()]);
    }
  }

  private static void addTo(Sum sum, double[] before, double[] after) {
    for (int i = 0; i < sum.values.length; i++) {
      sum.values[i] += after[i] - before[i];
    }
  }

  /** What happened in some seconds, and the figures of it. */
  static final class Sum {
    static final int TIME = 0;
    static final int OK = 1;
    static final int ENDED = 2;
    static final int BAD = 3;
    static final int TIMED = 4;
    static final int HEAD = 5;

    private final double[] logGrid;
    private final double[] values;
    private double logMax;

    Sum(double[] logGrid) {
      this.logGrid = logGrid;
      this.values = new double[HEAD + logGrid.length];
      clear();
    }

    void clear() {
      java.util.Arrays.fill(values, 0);
      logMax = Double.NEGATIVE_INFINITY;
    }

    double rate() {
      return values[OK] / values[TIME];
    }

    double partBad() {
      return values[ENDED] == 0 ? 0 : values[BAD] / values[ENDED];
    }

    boolean hasLatencies() {
      return values[TIMED] > 0;
    }

    double logMax() {
      return logMax;
    }

    /** The logarithm of a percentile. */
    double logPercentile(double percentile) {
      double wanted = values[TIMED] * (1 - percentile / 100);
      int i = 0;
      while (i < logGrid.length - 1 && values[HEAD + i] > wanted) {
        i++;
      }
      if (i == 0) {
        return logGrid[0];
      }
      double above = values[HEAD + i - 1];
      double below = values[HEAD + i];
      double part = above == below ? 0 : (above - wanted) / (above - below);
      return Math.min(logMax, logGrid[i - 1] + part * (logGrid[i] - logGrid[i - 1]));
    }

    /** The logarithm of the mean: the area under the part that is longer. */
    double logMean() {
      double area = Math.exp(logGrid[0]);
      for (int i = 1; i < logGrid.length; i++) {
        double part = (values[HEAD + i - 1] + values[HEAD + i]) / 2 / values[TIMED];
        area += part * (Math.exp(logGrid[i]) - Math.exp(logGrid[i - 1]));
      }
      return Math.log(area);
    }
  }
}
