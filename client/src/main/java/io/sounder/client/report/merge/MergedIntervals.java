package io.sounder.client.report.merge;

import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The intervals of several runs as those of one, each counted from its own run's start. Where some
 * run has merged its seconds into longer stretches, so have all. Counts are added; the longest is
 * the longest; the other percentiles cannot be added, and are weighted means, said to be
 * approximate.
 */
final class MergedIntervals {
  private MergedIntervals() {}

  /** In their order; none at all if some run has none, since its share would be missing. */
  static List<Interval> of(List<Document> runs) {
    if (runs.stream().anyMatch(run -> run.intervals().isEmpty())) {
      return List.of();
    }
    long lengthNanos = 1;
    for (Document run : runs) {
      for (Interval interval : run.intervals()) {
        lengthNanos = Math.max(lengthNanos, interval.lengthNanos());
      }
    }
    TreeMap<Long, List<List<Interval>>> stretches = new TreeMap<>();
    for (Document run : runs) {
      TreeMap<Long, List<Interval>> own = new TreeMap<>();
      for (Interval interval : run.intervals()) {
        long index = interval.fromNanos() / lengthNanos;
        own.computeIfAbsent(index, i -> new ArrayList<>()).add(interval);
      }
      own.forEach(
          (index, part) -> stretches.computeIfAbsent(index, i -> new ArrayList<>()).add(part));
    }
    List<Interval> merged = new ArrayList<>();
    for (var stretch : stretches.entrySet()) {
      merged.add(merge(stretch.getKey() * lengthNanos, lengthNanos, stretch.getValue()));
    }
    return merged;
  }

  private static Interval merge(long fromNanos, long mostNanos, List<List<Interval>> byRun) {
    long lengthNanos =
        byRun.stream().mapToLong(part -> sum(part, Interval::lengthNanos)).max().orElseThrow();
    List<Interval> all = byRun.stream().flatMap(List::stream).toList();
    List<Interval> timed = all.stream().filter(Interval::hasLatencies).toList();
    return new Interval(
        fromNanos,
        Math.min(mostNanos, lengthNanos),
        sum(all, Interval::sent),
        sum(all, Interval::ok),
        sum(all, Interval::corrupt),
        sum(all, Interval::late),
        sum(all, Interval::lost),
        sum(all, Interval::refused),
        sum(all, Interval::errors),
        byRun.stream().mapToLong(part -> part.get(part.size() - 1).pending()).sum(),
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
