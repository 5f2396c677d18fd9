package io.sounder.client.report;

import io.sounder.client.load.stats.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The distribution of latencies as bars. The steps are round numbers, as fine as there are rows
 * for; the last row takes all that is above, so that nothing is left out, and a bar that stands for
 * anything at all can be seen.
 */
final class LatencyChart {
  private static final int MOST_ROWS = 14;
  private static final int BAR_COLUMNS = 36;

  /** Round numbers for a decade, the finest first. */
  private static final double[][] STEPS = {
    {1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9},
    {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8},
    {1, 1.5, 2, 3, 5, 7},
    {1, 2, 5},
    {1}
  };

  private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";

  private record Row(long fromNanos, long toNanos, long count) {}

  private LatencyChart() {}

  /** The chart's lines; none if nothing was recorded. */
  static List<String> lines(Latencies latencies, Style style) {
    if (latencies.count() == 0) {
      return List.of();
    }
    List<Row> rows = rows(latencies);
    long most = rows.stream().mapToLong(Row::count).max().orElse(1);
    List<String> lines = new ArrayList<>();
    long seen = 0;
    for (Row row : rows) {
      seen += row.count;
      lines.add(line(row, seen, most, latencies.count(), style));
    }
    return lines;
  }

  private static String line(Row row, long seen, long most, long total, Style style) {
    String range =
        String.format(
            Locale.ROOT,
            "%8s - %-8s",
            style.fit(Quantities.duration(row.fromNanos)),
            style.fit(Quantities.duration(row.toNanos)));
    String bar = bar(row.count, most, style.unicode());
    String padding = " ".repeat(BAR_COLUMNS - bar.length());
    return String.format(
        Locale.ROOT,
        "%s  %s%s %8s %8s",
        range,
        style.bar(bar),
        padding,
        Quantities.share(row.count, total),
        style.dim(String.format("%8s", Quantities.share(seen, total))));
  }

  private static String bar(long count, long most, boolean unicode) {
    int eighths = (int) Math.round((double) count / most * BAR_COLUMNS * 8);
    if (count > 0) {
      eighths = Math.max(1, eighths);
    }
    if (!unicode) {
      return count == 0 ? "" : eighths < 8 ? "." : "#".repeat((eighths + 4) / 8);
    }
    String whole = "█".repeat(eighths / 8);
    return eighths % 8 == 0 ? whole : whole + EIGHTHS.charAt(eighths % 8);
  }

  private static List<Row> rows(Latencies latencies) {
    long min = Math.max(1, latencies.minNanos());
    long max = Math.max(min, latencies.maxNanos());
    long bulkEnd = Math.max(min, latencies.percentileNanos(99.9));
    List<Long> bounds = new ArrayList<>();
    for (double[] steps : STEPS) {
      bounds = bounds(steps, min, bulkEnd);
      if (bounds.size() <= MOST_ROWS) {
        break;
      }
    }
    if (latencies.minNanos() < bounds.get(0)) {
      bounds.set(0, latencies.minNanos()); // only 0, which is below all round numbers
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i + 1 < bounds.size(); i++) {
      rows.add(row(latencies, bounds.get(i), bounds.get(i + 1)));
    }
    long last = bounds.get(bounds.size() - 1);
    if (max >= latencies.lowestEquivalentNanos(last)) {
      Row above = row(latencies, last, Latencies.HIGHEST_NANOS + 1);
      rows.add(new Row(last, max, above.count));
    }
    return rows;
  }

  /** What lies from one bound up to, but without, the next. */
  private static Row row(Latencies latencies, long from, long to) {
    long low = latencies.lowestEquivalentNanos(from);
    long high = to > Latencies.HIGHEST_NANOS ? to : latencies.lowestEquivalentNanos(to) - 1;
    return new Row(from, to, latencies.countBetween(low, high));
  }

  /** Round numbers, from the last not above {@code min} to the first above {@code max}. */
  private static List<Long> bounds(double[] steps, long min, long max) {
    List<Long> bounds = new ArrayList<>();
    for (double decade = 1; ; decade *= 10) {
      for (double step : steps) {
        long bound = Math.round(step * decade);
        if (bound <= min) {
          bounds.clear();
        }
        if (bounds.isEmpty() || bound > bounds.get(bounds.size() - 1)) {
          bounds.add(bound);
        }
        if (bound > max) {
          return bounds;
        }
      }
    }
  }
}
