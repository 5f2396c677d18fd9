package io.sounder.client.report.document;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The figures of one distribution of latencies.
 *
 * @param values in nanoseconds; empty if nothing was recorded
 * @param count how many were recorded
 * @param aboveOneHour how many of those were longer than what is told apart, and count as an hour
 * @param lowerBounds how many of those had not ended, and count with the time waited until then
 */
public record LatencySummary(
    Map<Statistic, Long> values, long count, long aboveOneHour, long lowerBounds) {
  public static final LatencySummary NONE = new LatencySummary(Map.of(), 0, 0, 0);

  public LatencySummary {
    Map<Statistic, Long> sorted = new EnumMap<>(Statistic.class);
    sorted.putAll(values);
    values = Collections.unmodifiableMap(sorted);
  }

  /** The figures of a histogram. */
  public static LatencySummary of(Histogram histogram, long aboveOneHour, long lowerBounds) {
    Map<Statistic, Long> values = new EnumMap<>(Statistic.class);
    if (histogram.getTotalCount() > 0) {
      for (Statistic statistic : Statistic.values()) {
        values.put(statistic, valueOf(statistic, histogram));
      }
    }
    return new LatencySummary(values, histogram.getTotalCount(), aboveOneHour, lowerBounds);
  }

  private static long valueOf(Statistic statistic, Histogram histogram) {
    return switch (statistic) {
      case MIN -> histogram.getMinValue();
      case MEAN -> Math.round(histogram.getMean());
      case MAX -> histogram.getMaxValue();
      case P50, P90, P99, P99_9, P99_99 ->
          Math.min(histogram.getValueAtPercentile(statistic.percentile()), histogram.getMaxValue());
    };
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /**
   * A figure in nanoseconds.
   *
   * @throws IllegalStateException if nothing was recorded
   */
  public long nanos(Statistic statistic) {
    Long nanos = values.get(statistic);
    if (nanos == null) {
      throw new IllegalStateException("there is no " + statistic.text() + " of nothing");
    }
    return nanos;
  }
}
