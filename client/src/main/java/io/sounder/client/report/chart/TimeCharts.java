package io.sounder.client.report.chart;

import io.sounder.client.report.chart.Chart.Axis;
import io.sounder.client.report.chart.Chart.Choice;
import io.sounder.client.report.chart.Chart.Look;
import io.sounder.client.report.chart.Chart.Series;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Throughput and latency over the course of the measurement. */
public final class TimeCharts {
  private static final int MOST_POINTS = 7200; // of all runs together, on a curve of each
  private static final double SHORTEST_PART = 0.1; // of a whole interval: what remains at the end

  private final List<Document> runs;
  private final List<String> names;
  private final List<List<Interval>> intervals;
  private final int together;

  private TimeCharts(List<Document> runs, List<String> names) {
    this.runs = runs;
    this.names = names;
    this.intervals = runs.stream().map(TimeCharts::shown).toList();
    int most = intervals.stream().mapToInt(List::size).max().orElse(0);
    this.together = (most * runs.size() + MOST_POINTS - 1) / MOST_POINTS;
  }

  private static List<Interval> shown(Document run) {
    double shortest = Interval.usualNanos(run.intervals()) * SHORTEST_PART;
    return run.intervals().stream().filter(each -> each.lengthNanos() >= shortest).toList();
  }

  /** Right replies per second, and beside them what went wrong, if anything did. */
  public static Chart throughput(List<Document> runs, List<String> names) {
    return new TimeCharts(runs, names).throughput();
  }

  /** The median, the 99th percentile and the longest of the replies of each interval. */
  public static Chart latency(List<Document> runs, List<String> names) {
    return new TimeCharts(runs, names).latency();
  }

  private Chart throughput() {
    Places places = new Places();
    List<Map<Double, Double>> rates = curves(TimeCharts::rate, places);
    List<Map<Double, Double>> bad = curves(TimeCharts::badRate, places);
    boolean anyBad = bad.stream().flatMap(c -> c.values().stream()).anyMatch(value -> value > 0);
    List<Choice> choices = new ArrayList<>();
    if (runs.size() == 1) {
      List<Series> right = new ArrayList<>();
      add(right, "right replies", Chart.toneOfRun(0), Look.FILLED, rates.get(0), places);
      addAsked(right, places);
      choices.add(new Choice("right replies", right));
    } else {
      choices.add(ofRuns("right replies", rates, places));
    }
    if (runs.size() == 1 && anyBad) {
      List<Series> wrong = new ArrayList<>();
      add(wrong, "not ok", "bad", Look.FILLED, bad.get(0), places);
      choices.add(new Choice("not ok", wrong));
    } else if (anyBad) {
      choices.add(ofRuns("not ok", bad, places));
    }
    return new Chart(
        "throughput",
        "Throughput over time",
        hint("Requests per second that ended in that interval."),
        Axis.SECONDS,
        Axis.RATE,
        places.x(),
        choices);
  }

  private void addAsked(List<Series> series, Places places) {
    Double asked = runs.get(0).askedRate();
    boolean isConstant = !runs.get(0).environment().flags().containsKey("ramp");
    if (asked != null && isConstant && !series.isEmpty()) {
      List<Double> level = Collections.nCopies(places.x().size(), asked);
      series.add(new Series("asked", "muted", Look.DASHED, level));
    }
  }

  private Chart latency() {
    Places places = new Places();
    List<Map<Double, Double>> p50 = curves(all -> mean(all, Interval::p50Nanos), places);
    List<Map<Double, Double>> p99 = curves(all -> largest(all, Interval::p99Nanos), places);
    List<Map<Double, Double>> max = curves(all -> largest(all, Interval::maxNanos), places);
    List<Choice> choices = new ArrayList<>();
    if (runs.size() == 1) {
      List<Series> series = new ArrayList<>();
      add(series, "max", "max", Look.LINE, max.get(0), places);
      add(series, "p99", "p99", Look.LINE, p99.get(0), places);
      add(series, "p50", "p50", Look.LINE, p50.get(0), places);
      choices.add(new Choice("", series));
    } else {
      choices.add(ofRuns("p99", p99, places));
      choices.add(ofRuns("p50", p50, places));
      choices.add(ofRuns("max", max, places));
    }
    boolean isApproximate =
        intervals.stream().flatMap(List::stream).anyMatch(Interval::approximate);
    return new Chart(
        "latency-over-time",
        "Latency over time",
        hint("Response times of the replies that came in that interval.")
            + (isApproximate ? " Of merged runs, p50 and p99 are weighted means." : ""),
        Axis.SECONDS,
        Axis.DURATION,
        places.x(),
        choices);
  }

  private String hint(String text) {
    StringBuilder hint = new StringBuilder(text);
    if (IntStream.range(0, runs.size()).anyMatch(this::isAwaited)) {
      hint.append(" In the end nothing is sent any more, and replies are awaited.");
    }
    if (together > 1) {
      hint.append(" Each point stands for ").append(together);
      hint.append(" intervals: the longest, the mean rate.");
    }
    return hint.toString();
  }

  /** Whether a run goes on after the time in which it was sending. */
  private boolean isAwaited(int run) {
    long sendingNanos = runs.get(run).durationNanos();
    return intervals.get(run).stream().anyMatch(each -> each.fromNanos() >= sendingNanos);
  }

  private Choice ofRuns(String label, List<Map<Double, Double>> curves, Places places) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      add(series, names.get(i), Chart.toneOfRun(i), Look.LINE, curves.get(i), places);
    }
    return new Choice(label, series);
  }

  private static void add(
      List<Series> series,
      String label,
      String tone,
      Look look,
      Map<Double, Double> curve,
      Places places) {
    if (!curve.isEmpty()) {
      series.add(new Series(label, tone, look, places.y(curve)));
    }
  }

  private List<Map<Double, Double>> curves(ToDoubleFunction<List<Interval>> value, Places places) {
    List<Map<Double, Double>> curves = new ArrayList<>();
    for (List<Interval> all : intervals) {
      Map<Double, Double> curve = new TreeMap<>();
      for (int i = 0; i < all.size(); i += together) {
        List<Interval> part = all.subList(i, Math.min(all.size(), i + together));
        double seconds = Math.rint(part.get(0).fromNanos() / 1e7) / 1e2;
        curve.put(seconds, value.applyAsDouble(part));
      }
      places.addAll(curve);
      curves.add(curve);
    }
    return curves;
  }

  private static double rate(List<Interval> part) {
    return perSecond(part, Interval::ok);
  }

  private static double badRate(List<Interval> part) {
    return Math.max(0, perSecond(part, Interval::bad));
  }

  private static double perSecond(List<Interval> part, ToDoubleFunction<Interval> count) {
    double nanos = part.stream().mapToDouble(Interval::lengthNanos).sum();
    return part.stream().mapToDouble(count).sum() * 1e9 / nanos;
  }

  private static double mean(List<Interval> part, ToDoubleFunction<Interval> nanos) {
    return part.stream()
        .filter(Interval::hasLatencies)
        .mapToDouble(nanos)
        .average()
        .orElse(Chart.GAP);
  }

  private static double largest(List<Interval> part, ToDoubleFunction<Interval> nanos) {
    return part.stream().filter(Interval::hasLatencies).mapToDouble(nanos).max().orElse(Chart.GAP);
  }
}
