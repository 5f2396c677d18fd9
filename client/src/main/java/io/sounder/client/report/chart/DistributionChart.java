package io.sounder.client.report.chart;

import io.sounder.client.report.chart.Chart.Axis;
import io.sounder.client.report.chart.Chart.Choice;
import io.sounder.client.report.chart.Chart.Look;
import io.sounder.client.report.chart.Chart.Series;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.EncodedHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Which part of the requests took how long, in bins that are equally wide on a logarithmic axis.
 */
public final class DistributionChart {
  private static final int BINS_PER_DECADE = 40; // 6 % wide
  private static final int BINS = 13 * BINS_PER_DECADE + 1; // from 1 ns to above an hour

  private DistributionChart() {}

  /** Of one run both latencies; of several one each, with a choice between the two. */
  public static Chart of(List<Document> runs, List<String> names) {
    List<double[]> response = bins(runs, Document.RESPONSE_TIME);
    List<double[]> service = bins(runs, Document.SERVICE_TIME);
    List<double[]> all = new ArrayList<>(response);
    all.addAll(service);
    int first = BINS;
    int last = -1;
    for (double[] bins : all) {
      for (int i = 0; i < bins.length; i++) {
        if (bins[i] > 0) {
          first = Math.min(first, i);
          last = Math.max(last, i);
        }
      }
    }
    int from = Math.max(0, first - 1);
    int to = last < 0 ? from : Math.min(BINS, last + 2); // an empty bin ends the last step
    double[] x = new double[to - from];
    Arrays.setAll(x, i -> Math.rint(Math.pow(10, (double) (from + i) / BINS_PER_DECADE)));
    return new Chart(
        "distribution",
        "Distribution of latencies",
        "Which part of the requests took how long. Two hills are two kinds of request; each line"
            + " further up is ten times as many.",
        Axis.DURATION,
        Axis.SHARE,
        Arrays.stream(x).boxed().toList(),
        runs.size() == 1
            ? List.of(ofOne(response.get(0), service.get(0), from, to))
            : List.of(
                choice("response time", names, response, from, to),
                choice("service time", names, service, from, to)));
  }

  private static Choice ofOne(double[] response, double[] service, int from, int to) {
    List<Series> series = new ArrayList<>();
    boolean same = Arrays.equals(response, service);
    String name = same ? "latency" : "response time";
    add(series, name, Chart.toneOfRun(0), response, from, to);
    if (!same) {
      add(series, "service time", Chart.toneOfRun(1), service, from, to);
    }
    return new Choice("", series);
  }

  private static Choice choice(
      String label, List<String> names, List<double[]> runs, int from, int to) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      add(series, names.get(i), Chart.toneOfRun(i), runs.get(i), from, to);
    }
    return new Choice(label, series);
  }

  private static void add(
      List<Series> series, String label, String tone, double[] bins, int from, int to) {
    if (bins.length > 0) {
      double[] shown = new double[to - from];
      Arrays.setAll(shown, i -> from + i < bins.length ? bins[from + i] : 0);
      series.add(new Series(label, tone, Look.STEPS, Arrays.stream(shown).boxed().toList()));
    }
  }

  private static List<double[]> bins(List<Document> runs, String histogram) {
    return runs.stream().map(run -> bins(run.histograms().get(histogram))).toList();
  }

  /** The part of all values in each bin; no bins if nothing is known. */
  private static double[] bins(EncodedHistogram encoded) {
    if (encoded == null) {
      return new double[0];
    }
    Histogram histogram = encoded.decode();
    double total = histogram.getTotalCount();
    if (total == 0) {
      return new double[0];
    }
    double[] bins = new double[BINS];
    for (HistogramIterationValue each : histogram.recordedValues()) {
      double nanos =
          Math.max(1.0, (double) histogram.medianEquivalentValue(each.getValueIteratedTo()));
      int bin = (int) (Math.log10(nanos) * BINS_PER_DECADE);
      bins[Math.min(BINS - 1, bin)] += each.getCountAtValueIteratedTo() / total;
    }
    return bins;
  }
}
