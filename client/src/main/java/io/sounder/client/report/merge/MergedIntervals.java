package io.sounder.client.report.merge;

import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The intervals of several runs as those of one: the first of each together, the second of each,
 * and so on. Where some run has merged its seconds into longer stretches, so have all. Counts are
 * added; the longest latency is the longest; the other percentiles cannot be added, and are
 * weighted means, said to be approximate.
 */
final class MergedIntervals {
  private MergedIntervals() {}

  /** In their order; none at all if some run has none, since its share would be missing. */
  static List<Interval> of(List<Document> runs) {
    if (runs.stream().anyMatch(run -> run.intervals().isEmpty())) {
      return List.of();
    }
    long usual = runs.stream().mapToLong(MergedIntervals::usualNanos).max().orElseThrow();
    TreeMap<Integer, List<List<Interval>>> stretches = new TreeMap<>();
    for (Document run : runs) {
      int together = (int) Math.max(1, Math.round((double) usual / usualNanos(run)));
      List<Interval> own = run.intervals();
      for (int i = 0; i < own.size(); i += together) {
        stretches
            .computeIfAbsent(i / together, index -> new ArrayList<>())
            .add(own.subList(i, Math.min(own.size(), i + together)));
      }
    }
    List<Interval> merged = new ArrayList<>();
    long endNanos = 0;
    for (List<List<Interval>> stretch : stretches.values()) {
      Interval next = merge(endNanos, stretch);
      merged.add(next);
      endNanos = next.fromNanos() + next.lengthNanos();
    }
    return merged;
  }

  private static long usualNanos(Document run) {
    return Interval.usualNanos(run.intervals());
  }

  private static Interval merge(long earliestNanos, List<List<Interval>> byRun) {
    List<Interval> all = byRun.stream().flatMap(List::stream).toList();
    List<Interval> timed = all.stream().filter(Interval::hasLatencies).toList();
    return new Interval(
        Math.max(earliestNanos, all.get(0).fromNanos()),
        byRun.stream().mapToLong(part -> sum(part, Interval::lengthNanos)).max().orElseThrow(),
        sum(all, Interval::sent),
        sum(all, Interval::ok),
        sum(all, Interval::corrupt),
        sum(all, Interval::late),
        sum(all, Interval::lost),
        sum(all, Interval::refused),
        sum(all, Interval::errors),
        sum(all, Interval::pending),
        sum(all, Interval::duplicates),
        mean(timed, Interval::p50Nanos),
        mean(timed, Interval::p99Nanos),
        timed.stream().map(Interval::maxNanos).max(Long::compare).orElse(null),
        timed.size() > 1 || timed.stream().anyMatch(Interval::approximate));
  }

  private static long sum(List<Interval> intervals, ToLongFunction<Interval> count) {
    return intervals.stream().mapToLong(count).reduce(0, Math::addExact);
  }

  private static Long mean(List<Interval> timed, Function<Interval, Long> value) {
    if (timed.isEmpty()) {
      return null;
    }
    double weighted = 0;
    double weights = 0;
    for (Interval interval : timed) {
      double weight = Math.max(1, interval.ok());
      weighted += weight * value.apply(interval);
      weights += weight;
    }
    return Math.round(weighted / weights);
  }
}
