package io.sounder.client.report.chart;

import io.sounder.client.report.chart.Chart.Axis;
import io.sounder.client.report.chart.Chart.Choice;
import io.sounder.client.report.chart.Chart.Look;
import io.sounder.client.report.chart.Chart.Series;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.FindMax;
import io.sounder.client.report.document.Statistic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Latency by rate: of a sweep, or of a search for the highest rate. */
public final class RateCharts {
  private static final List<Statistic> SHOWN =
      List.of(Statistic.P99, Statistic.P50, Statistic.P99_9, Statistic.MAX);

  private RateCharts() {}

  /** A curve for each percentile of a sweep; of several sweeps, one curve each. */
  public static Chart sweep(List<Document> steps) {
    Map<String, List<Document>> sweeps = new LinkedHashMap<>();
    for (Document step : steps) {
      sweeps.computeIfAbsent(sweepOf(step), name -> new ArrayList<>()).add(step);
    }
    Places places = new Places();
    List<Choice> choices = new ArrayList<>();
    List<Map<Double, Double>> curves = new ArrayList<>();
    for (Statistic statistic : SHOWN) {
      for (List<Document> sweep : sweeps.values()) {
        Map<Double, Double> curve = curve(sweep, statistic);
        places.addAll(curve);
        curves.add(curve);
      }
    }
    if (sweeps.size() == 1) {
      List<Series> series = new ArrayList<>();
      for (String name : List.of("max", "p99.9", "p99", "p50")) {
        int curve = SHOWN.stream().map(Statistic::text).toList().indexOf(name);
        String tone = name.equals("p99.9") ? Chart.toneOfRun(1) : name;
        series.add(new Series(name, tone, Look.LINE, places.y(curves.get(curve))));
      }
      choices.add(new Choice("", series));
    } else {
      for (int i = 0; i < SHOWN.size(); i++) {
        List<Series> series = new ArrayList<>();
        for (String name : sweeps.keySet()) {
          int run = series.size();
          List<Double> y = places.y(curves.get(i * sweeps.size() + run));
          series.add(new Series(name, Chart.toneOfRun(run), Look.LINE, y));
        }
        choices.add(new Choice(SHOWN.get(i).text(), series));
      }
    }
    return new Chart(
        "sweep",
        "Latency by rate",
        "Response times at each rate that was asked for. Where the curve bends up, queues begin.",
        Axis.RATE,
        Axis.DURATION,
        places.x(),
        choices);
  }

  private static String sweepOf(Document step) {
    int number = step.name().lastIndexOf('#');
    String file = number < 0 ? step.name() : step.name().substring(0, number);
    return file.substring(file.lastIndexOf('/') + 1);
  }

  private static Map<Double, Double> curve(List<Document> sweep, Statistic statistic) {
    Map<Double, Double> curve = new TreeMap<>();
    for (Document step : sweep) {
      if (!step.responseTime().isEmpty()) {
        double rate = step.askedRate() == null ? step.achievedRate() : step.askedRate();
        curve.put(rate, (double) step.responseTime().nanos(statistic));
      }
    }
    return curve;
  }

  /** What a search measured at the rates that it tried; of a rate tried twice, the last. */
  public static Chart search(FindMax search) {
    Places places = new Places();
    Map<Double, Double> met = new TreeMap<>();
    Map<Double, Double> missed = new TreeMap<>();
    for (FindMax.Step step : search.steps()) {
      met.remove(step.rate());
      missed.remove(step.rate());
      double p99 = step.p99Nanos() == null ? Chart.ABSENT : step.p99Nanos();
      (step.met() ? met : missed).put(step.rate(), p99);
    }
    places.addAll(met);
    places.addAll(missed);
    return new Chart(
        "search",
        "The search, by rate",
        "The 99th percentile of each rate that was tried, and whether the objective was met.",
        Axis.RATE,
        Axis.DURATION,
        places.x(),
        List.of(
            new Choice(
                "",
                List.of(
                    new Series("met", "good", Look.POINTS, places.y(met)),
                    new Series("missed", "bad", Look.RINGS, places.y(missed))))));
  }
}
