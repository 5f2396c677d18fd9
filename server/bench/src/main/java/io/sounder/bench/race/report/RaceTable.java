package io.sounder.bench.race.report;

import io.sounder.bench.race.result.Figure;
import io.sounder.bench.race.result.Judgement;
import io.sounder.bench.race.result.Names;
import io.sounder.bench.race.result.Quantiles;
import io.sounder.bench.race.result.RaceResult;
import io.sounder.bench.race.result.Ratio;
import io.sounder.bench.race.result.Sample;
import io.sounder.bench.race.result.ShapeResult;
import io.sounder.bench.race.result.Standing;
import io.sounder.bench.race.result.Targets;
import io.sounder.bench.race.shape.Shape;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A race for a terminal: a table for each shape, and the targets. */
public final class RaceTable {
  private static final String ROW = "%-28s %10s %7s %8s %8s %8s %8s %6s %7s %5s   %s%n";
  private static final String TARGET = "%-33s %-17s %-15s %5s %5s  %5s  %-13s %s%n";

  private static final int ENOUGH_ROUNDS = 9; // with fewer, an interval is all pairs, or nearly so

  private final PrintStream out;

  public RaceTable(PrintStream out) {
    this.out = out;
  }

  /** One shape, the fastest first. */
  public void print(ShapeResult shape) {
    out.printf("%n%s%n%n", Shape.of(shape.shape()).title());
    out.printf(
        ROW,
        "server",
        "requests/s",
        "spread",
        "p50",
        "p99",
        "p99.9",
        "CPU/req",
        "CPU",
        "client",
        "MiB",
        "Sounder's rate to it");
    row(Names.SOUNDER, shape.sounder(), "");
    shape.others().stream()
        .filter(standing -> !standing.pairs().isEmpty())
        .sorted(
            Comparator.comparingDouble(
                standing -> -Quantiles.median(Figure.RATE, standing.samples())))
        .forEach(this::row);
    shape.others().stream()
        .filter(standing -> standing.pairs().isEmpty())
        .forEach(standing -> out.printf("%-28s %s%n", standing.server(), standing.missing()));
  }

  private void row(Standing standing) {
    Ratio ratio = Ratio.of(Figure.RATE, standing.pairs());
    row(
        standing.server(),
        standing.samples(),
        String.format(
            Locale.ROOT, "%.3f  (%.3f … %.3f)", ratio.median(), ratio.low(), ratio.high()));
  }

  private void row(String name, List<Sample> samples, String ratio) {
    long failed = samples.stream().mapToLong(Sample::failed).sum();
    out.printf(
        ROW,
        name,
        Quantity.rate(Quantiles.median(Figure.RATE, samples)),
        Quantity.spread(samples),
        Quantity.micros(Quantiles.median(Figure.P50, samples)),
        Quantity.micros(Quantiles.median(Figure.P99, samples)),
        Quantity.micros(Quantiles.median(samples, Sample::p999Nanos)),
        Quantity.micros(Quantiles.median(Figure.CPU, samples)),
        Quantity.share(Quantiles.median(samples, Sample::serverCores)),
        Quantity.share(Quantiles.median(samples, Sample::clientCores)),
        Math.round(Quantiles.median(samples, Sample::residentBytes) / (1 << 20)),
        ratio + (failed > 0 ? "  " + failed + " failed" : ""));
  }

  /** All targets that something was measured for. */
  public void printTargets(RaceResult race) {
    List<Judgement> judged =
        Targets.ALL.stream()
            .flatMap(target -> Judgement.of(target, race.shapes()).stream())
            .toList();
    if (judged.isEmpty()) {
      return;
    }
    out.println();
    out.printf(TARGET, "target", "against", "figure", "must", "aim", "is", "95 %", "outcome");
    judged.forEach(this::print);
    if (judged.stream().anyMatch(judgement -> judgement.ratio().pairs() < ENOUGH_ROUNDS)) {
      out.printf("%nThis was fewer than nine rounds, which is too few to show anything.%n");
    }
  }

  private void print(Judgement judgement) {
    Ratio ratio = judgement.ratio();
    out.printf(
        TARGET,
        Shape.of(judgement.target().shape()).title(),
        judgement.target().against().title(),
        judgement.target().figure().title(),
        Quantity.ratio(judgement.target().must()),
        Quantity.ratio(judgement.target().aim()),
        Quantity.ratio(ratio.median()),
        Quantity.ratio(ratio.low()) + " … " + Quantity.ratio(ratio.high()),
        outcome(judgement));
  }

  private static String outcome(Judgement judgement) {
    return switch (judgement.outcome()) {
      case AIM_REACHED -> "aim reached";
      case MET -> "met";
      case WITHIN_NOISE -> "within noise";
      case MISSED -> judgement.lost() == 0 ? "MISSED" : "MISSED, lost " + judgement.lost();
    };
  }
}
