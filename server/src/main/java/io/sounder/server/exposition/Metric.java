package io.sounder.server.exposition;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.sounder.server.metrics.Distribution;
import java.util.function.Supplier;

/** One metric, filled value by value. Labels are given as name, value, name, value. */
final class Metric {
  /** Takes one value, with its labels. */
  private interface Sink {
    void take(double value, Labels labels);
  }

  private final Sink values;
  private final Supplier<MetricSnapshot> built;

  private Metric(Sink values, Supplier<MetricSnapshot> built) {
    this.values = values;
    this.built = built;
  }

  /** Something that only grows; its name goes on with {@code _total}. */
  static Metric counter(String name, String help) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
    return new Metric(
        (value, labels) ->
            counter.dataPoint(
                CounterDataPointSnapshot.builder().value(value).labels(labels).build()),
        counter::build);
  }

  /** Something that comes and goes. */
  static Metric gauge(String name, String help) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    return new Metric(
        (value, labels) ->
            gauge.dataPoint(GaugeDataPointSnapshot.builder().value(value).labels(labels).build()),
        gauge::build);
  }

  /** Exact up to 2 to the power of 53. */
  Metric add(long value, String... labels) {
    values.take((double) value, Labels.of(labels));
    return this;
  }

  Metric addSeconds(double seconds) {
    values.take(seconds, Labels.EMPTY);
    return this;
  }

  MetricSnapshot build() {
    return built.get();
  }

  /**
   * A value of a histogram.
   *
   * @param unit by how much bounds and sum are to be multiplied
   */
  static HistogramDataPointSnapshot histogram(Distribution values, double unit, String... labels) {
    double[] bounds = new double[values.size()];
    long[] counts = new long[values.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = i == bounds.length - 1 ? Double.POSITIVE_INFINITY : values.bound(i) * unit;
      counts[i] = values.count(i);
    }
    HistogramDataPointSnapshot.Builder point = HistogramDataPointSnapshot.builder();
    point.classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts));
    point.sum(values.sum() * unit);
    point.labels(Labels.of(labels));
    return point.build();
  }

  /** A histogram, yet without values. */
  static HistogramSnapshot.Builder histogram(String name, String help) {
    return HistogramSnapshot.builder().name(name).help(help);
  }
}
