package io.sounder.client.report.chart;

import io.sounder.client.report.chart.Chart.Axis;
import io.sounder.client.report.chart.Chart.Choice;
import io.sounder.client.report.chart.Chart.Look;
import io.sounder.client.report.chart.Chart.Series;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.EncodedHistogram;
import io.sounder.client.report.document.LatencySummary;
import io.sounder.client.report.document.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Latency by percentile, with as much room for each further nine as for the one before. */
public final class PercentileChart {
  private static final int PLACES_PER_NINE = 50; // the nines themselves are among them

  private PercentileChart() {}

  /** Of one run both latencies; of several one each, with a choice between the two. */
  public static Chart of(List<Document> runs, List<String> names) {
    Places places = new Places();
    List<Map<Double, Double>> response = curves(runs, Document.RESPONSE_TIME, places);
    List<Map<Double, Double>> service = curves(runs, Document.SERVICE_TIME, places);
    return new Chart(
        "percentiles",
        "Latency by percentile",
        "The typical request is on the left; each step to the right is ten times as rare.",
        Axis.PERCENTILE,
        Axis.DURATION,
        places.x(),
        runs.size() == 1
            ? List.of(ofOne(response.get(0), service.get(0), places))
            : List.of(
                choice("response time", names, response, places),
                choice("service time", names, service, places)));
  }

  private static Choice ofOne(
      Map<Double, Double> response, Map<Double, Double> service, Places places) {
    List<Series> series = new ArrayList<>();
    if (response.equals(service)) {
      add(series, "latency", Chart.toneOfRun(0), Look.LINE, response, places);
    } else {
      add(series, "response time", Chart.toneOfRun(0), Look.LINE, response, places);
      add(series, "service time", Chart.toneOfRun(1), Look.DASHED, service, places);
    }
    return new Choice("", series);
  }

  private static Choice choice(
      String label, List<String> names, List<Map<Double, Double>> curves, Places places) {
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

  private static List<Map<Double, Double>> curves(
      List<Document> runs, String histogram, Places places) {
    List<Map<Double, Double>> curves = new ArrayList<>();
    for (Document run : runs) {
      EncodedHistogram encoded = run.histograms().get(histogram);
      Map<Double, Double> curve =
          encoded == null ? curve(summary(run, histogram)) : curve(encoded.decode());
      places.addAll(curve);
      curves.add(curve);
    }
    return curves;
  }

  private static LatencySummary summary(Document run, String histogram) {
    return histogram.equals(Document.RESPONSE_TIME) ? run.responseTime() : run.serviceTime();
  }

  /** From the smallest to the largest value: the last place is the first that only it is at. */
  private static Map<Double, Double> curve(Histogram histogram) {
    Map<Double, Double> curve = new TreeMap<>();
    double count = histogram.getTotalCount();
    if (count == 0) {
      return curve;
    }
    double max = histogram.getMaxValue();
    int last = lastPlace(count);
    for (int i = 0; i < last; i++) {
      double nines = (double) i / PLACES_PER_NINE;
      double percentile = 100 * (1 - Math.pow(10, -nines));
      curve.put(nines, Math.min(max, (double) histogram.getValueAtPercentile(percentile)));
    }
    curve.put((double) last / PLACES_PER_NINE, max);
    return curve;
  }

  private static int lastPlace(double count) {
    double nines = Math.max(1, Math.log10(count)); // of a single value a line too, and no dot
    return (int) Math.ceil(nines * PLACES_PER_NINE);
  }

  /** As far as the figures alone tell. */
  private static Map<Double, Double> curve(LatencySummary summary) {
    Map<Double, Double> curve = new TreeMap<>();
    if (summary.isEmpty()) {
      return curve;
    }
    curve.put(0.0, (double) summary.nanos(Statistic.MIN));
    double end = (double) lastPlace((double) summary.count()) / PLACES_PER_NINE;
    for (Statistic statistic : Statistic.values()) {
      if (statistic.isPercentile()) {
        double nines = -Math.log10(1 - statistic.percentile() / 100);
        double rounded = Math.rint(nines * 1e6) / 1e6;
        if (rounded < end) {
          curve.put(rounded, (double) summary.nanos(statistic));
        }
      }
    }
    curve.put(end, (double) summary.nanos(Statistic.MAX));
    return curve;
  }
}
