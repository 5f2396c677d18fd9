package io.sounder.client.report.compare;

import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.EncodedHistogram;
import io.sounder.client.report.document.Interval;
import io.sounder.client.report.document.LatencySummary;
import io.sounder.client.report.document.RequestCounts;
import io.sounder.client.report.document.Statistic;
import java.util.List;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** The base or the new: one run, or several of the same. Figures are of all of them together. */
final class Side {
  private final String name;
  private final List<Document> runs;
  private final List<List<Interval>> seconds;
  private final Histogram response;
  private final Histogram service;

  /**
   * A side.
   *
   * @param name {@code base} or {@code new}
   */
  Side(String name, List<Document> runs) {
    this.name = name;
    this.runs = List.copyOf(runs);
    this.seconds = runs.stream().map(RunSeconds::whole).toList();
    this.response = pooled(Document.RESPONSE_TIME);
    this.service = pooled(Document.SERVICE_TIME);
  }

  /** Null if not all runs have it. */
  private Histogram pooled(String histogram) {
    Histogram sum = EncodedHistogram.newHistogram();
    for (Document run : runs) {
      EncodedHistogram part = run.histograms().get(histogram);
      if (part == null) {
        return null;
      }
      sum.add(part.decode());
    }
    return sum;
  }

  String name() {
    return name;
  }

  List<Document> runs() {
    return runs;
  }

  /** Of each run, its whole seconds. */
  List<List<Interval>> seconds() {
    return seconds;
  }

  int secondCount() {
    return seconds.stream().mapToInt(List::size).sum();
  }

  private Histogram histogram(Metric metric) {
    return metric.ofService() ? service : response;
  }

  private static Function<Document, LatencySummary> summary(Metric metric) {
    return metric.ofService() ? Document::serviceTime : Document::responseTime;
  }

  /** How many latencies were measured. */
  long latencies(Metric metric) {
    return runs.stream().map(summary(metric)).mapToLong(LatencySummary::count).sum();
  }

  /** The figure of all runs together; NaN if there is none. */
  double value(Metric metric) {
    if (runs.size() == 1) {
      return value(runs.get(0), metric);
    }
    if (!metric.quantity().isLatency()) {
      return metric.quantity() == Quantity.RATE
          ? runs.stream().mapToDouble(Document::achievedRate).average().orElseThrow()
          : partBad(
              runs.stream().map(Document::requests).reduce(RequestCounts::plus).orElseThrow());
    }
    Histogram pooled = histogram(metric);
    if (pooled == null || pooled.getTotalCount() == 0) {
      return Double.NaN;
    }
    return LatencySummary.of(pooled, 0, 0).nanos(metric.quantity().statistic());
  }

  /** The figure of one run; NaN if it has none. */
  static double value(Document run, Metric metric) {
    return switch (metric.quantity()) {
      case RATE -> run.achievedRate();
      case ERRORS -> partBad(run.requests());
      default -> {
        LatencySummary summary = summary(metric).apply(run);
        Statistic statistic = metric.quantity().statistic();
        yield summary.isEmpty() ? Double.NaN : summary.nanos(statistic);
      }
    };
  }

  private static double partBad(RequestCounts requests) {
    return requests.sent() == 0 ? 0 : (double) requests.notOk() / requests.sent();
  }

  /**
   * The standard deviation that chance alone would give if each request stood for itself, of the
   * logarithm where it is a latency; 0 if that is not known. What is measured is never surer.
   */
  double leastDeviation(Metric metric) {
    if (metric.quantity() == Quantity.ERRORS) {
      double sent = runs.stream().mapToLong(run -> run.requests().sent()).sum();
      double part = (value(metric) * sent + 0.5) / (sent + 1); // no error is no proof of none
      return Math.sqrt(part * (1 - part) / (sent + 1));
    }
    Histogram pooled = metric.quantity().isPercentile() ? histogram(metric) : null;
    if (pooled == null || pooled.getTotalCount() == 0) {
      return 0;
    }
    double percentile = metric.quantity().statistic().percentile();
    double count = pooled.getTotalCount();
    double part = percentile / 100;
    double ranks = StudentT.NORMAL_975 * Math.sqrt(part * (1 - part) / count) * 100;
    double low = Math.max(1, pooled.getValueAtPercentile(Math.max(0, percentile - ranks)));
    double high = Math.max(1, pooled.getValueAtPercentile(Math.min(100, percentile + ranks)));
    return (Math.log(high) - Math.log(low)) / (2 * StudentT.NORMAL_975);
  }
}
