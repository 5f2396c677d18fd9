package io.sounder.client.report.chart;

import java.util.List;

/**
 * A chart: one or several sets of curves, of which one is shown at a time, over common places on
 * the x axis.
 *
 * @param id tells charts apart, and is fit for an anchor
 * @param hint how to read it, in a sentence
 * @param x rising
 */
public record Chart(
    String id,
    String title,
    String hint,
    Axis xAxis,
    Axis yAxis,
    List<Double> x,
    List<Choice> choices) {
  /** In place of a value: the curve has no place there, and goes on from the one before. */
  public static final double ABSENT = Double.NaN;

  /** In place of a value: there was nothing to measure, and the curve is broken. */
  public static final double GAP = Double.NEGATIVE_INFINITY;

  /** More runs than this cannot be told apart by colour. */
  public static final int MOST_RUNS = 8;

  /** What an axis, or a value on it, stands for. */
  public enum Axis {
    /** The number of nines: 2 is the 99th percentile. */
    PERCENTILE,
    /** Seconds since the start of the measurement. */
    SECONDS,
    /** Nanoseconds, on a logarithmic scale. */
    DURATION,
    /** Requests/s. */
    RATE,
    /** A part of one. */
    SHARE
  }

  /** A set of curves, and what to call it. */
  public record Choice(String label, List<Series> series) {
    public Choice {
      series = List.copyOf(series);
    }
  }

  /** How a curve is drawn. */
  public enum Look {
    LINE,
    FILLED,
    DASHED,
    STEPS,
    POINTS,
    /** Points that are hollow, so that they differ by more than colour. */
    RINGS
  }

  /**
   * A curve.
   *
   * @param tone which colour it has: a name that the page's style sheet knows
   * @param y a value for each x, {@link #ABSENT} or {@link #GAP}
   */
  public record Series(String label, String tone, Look look, List<Double> y) {
    public Series {
      y = List.copyOf(y);
    }
  }

  public Chart {
    x = List.copyOf(x);
    choices = List.copyOf(choices);
  }

  /** Whether there is anything to draw. */
  public boolean isEmpty() {
    return x.isEmpty() || choices.stream().allMatch(choice -> choice.series().isEmpty());
  }

  /** The colour of the run at an index, the same in all charts. */
  public static String toneOfRun(int index) {
    return "run-" + index % MOST_RUNS;
  }
}
