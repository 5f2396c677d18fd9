package io.sounder.client.report.merge;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.report.document.Connections;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.DocumentReader;
import io.sounder.client.report.document.EncodedHistogram;
import io.sounder.client.report.document.LatencySummary;
import io.sounder.client.report.document.MergedRun;
import io.sounder.client.report.document.RequestCounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * Pools runs exactly: ledgers and histograms are added, rates too, as of clients that ran side by
 * side; the duration is the longest.
 */
public final class Merge {
  private final List<Document> runs;
  private final Map<String, Histogram> histograms = new LinkedHashMap<>();

  private Merge(List<Document> runs) {
    this.runs = runs;
  }

  /**
   * All runs as one.
   *
   * @param name what to call the result
   * @param evenIfDifferent whether to pool what was not measured alike
   * @throws ClientFailure with {@link ExitCode#USAGE} if they differ and that is not asked for, if
   *     one has no histograms, or if one is among them twice, since the same samples must not count
   *     twice
   */
  public static Document of(String name, List<Document> runs, boolean evenIfDifferent) {
    if (runs.size() == 1) {
      return runs.get(0);
    }
    refuseTwice(runs);
    List<String> differences = Differences.againstPooling(runs);
    if (!differences.isEmpty() && !evenIfDifferent) {
      throw refused(
          "they differ in "
              + String.join("; ", differences)
              + "; give --force to pool them all the same");
    }
    try {
      Merge merge = new Merge(runs);
      merge.addHistograms();
      return DocumentReader.parse(name, new MergedJson(runs, merge).text());
    } catch (ArithmeticException e) {
      throw refused("their counts add up to more than 64 bits");
    }
  }

  private static ClientFailure refused(String why) {
    return new ClientFailure(ErrorClass.IO, ExitCode.USAGE, "cannot merge: " + why, null);
  }

  private static void refuseTwice(List<Document> runs) {
    Set<String> seen = new HashSet<>();
    for (Document run : runs) {
      for (String id : ids(run)) {
        if (!seen.add(id)) {
          throw refused(
              run.name()
                  + " holds a run that another file holds too"
                  + (run.run().isEmpty() ? "" : " (" + id + ")")
                  + ", and its samples must not count twice");
        }
      }
    }
  }

  /** By what a run is known again: what it was merged from, its own id, or all that it says. */
  static Set<String> ids(Document run) {
    if (!run.merged().isEmpty() && run.merged().stream().noneMatch(part -> part.run().isEmpty())) {
      return run.merged().stream().map(MergedRun::run).collect(Collectors.toSet());
    }
    String id = run.run().isEmpty() ? run.json() : run.run();
    // a sweep may have one id for all its steps
    return Set.of(run.step() == null ? id : id + "#" + run.step().index());
  }

  private void addHistograms() {
    for (Document run : runs) {
      boolean isTimed = !run.responseTime().isEmpty() || !run.serviceTime().isEmpty();
      boolean hasBoth =
          run.histograms().containsKey(Document.RESPONSE_TIME)
              && run.histograms().containsKey(Document.SERVICE_TIME);
      if (isTimed && !hasBoth) {
        throw refused(
            run.name()
                + " has no histograms, and percentiles alone cannot be pooled; measure it again"
                + " with a newer version");
      }
    }
    for (String each : new TreeSet<>(runs.get(0).histograms().keySet())) {
      if (runs.stream().allMatch(run -> run.histograms().containsKey(each))) {
        Histogram sum = EncodedHistogram.newHistogram();
        runs.forEach(run -> sum.add(run.histograms().get(each).decode()));
        histograms.put(each, sum);
      }
    }
  }

  Map<String, Histogram> histograms() {
    return histograms;
  }

  RequestCounts requests(Function<Document, RequestCounts> which) {
    return runs.stream().map(which).reduce(RequestCounts::plus).orElseThrow();
  }

  Connections connections() {
    return runs.stream().map(Document::connections).reduce(Connections::plus).orElseThrow();
  }

  /** The figures of a pooled histogram; none if there is no such histogram. */
  LatencySummary latency(String histogram, Function<Document, LatencySummary> which) {
    Histogram sum = histograms.get(histogram);
    if (sum == null) {
      return LatencySummary.NONE;
    }
    List<LatencySummary> parts = runs.stream().map(which).toList();
    return LatencySummary.of(
        sum,
        parts.stream().mapToLong(LatencySummary::aboveOneHour).reduce(0, Math::addExact),
        parts.stream().mapToLong(LatencySummary::lowerBounds).reduce(0, Math::addExact));
  }

  List<MergedRun> parts() {
    List<MergedRun> parts = new ArrayList<>();
    for (Document run : runs) {
      if (run.merged().isEmpty()) {
        parts.add(new MergedRun(run.run(), run.target(), run.startedAt(), run.name()));
      } else {
        parts.addAll(run.merged());
      }
    }
    return parts;
  }
}
