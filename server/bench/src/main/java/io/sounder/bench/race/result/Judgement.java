package io.sounder.bench.race.result;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A target, and what was reached.
 *
 * @param server who it was held against: of several, the one that did best
 */
public record Judgement(Target target, String server, Ratio ratio) {
  /** How near it came. */
  public enum Outcome {
    AIM_REACHED,
    MET,
    /** The median is short of it, but it lies within the interval. */
    WITHIN_NOISE,
    /** All of the interval is short of it. */
    MISSED
  }

  /** Judges a target by what was measured; nothing if it was not. */
  public static Optional<Judgement> of(Target target, List<ShapeResult> shapes) {
    return shapes.stream()
        .filter(shape -> shape.shape().equals(target.shape()))
        .findFirst()
        .flatMap(shape -> opponent(target, shape))
        .map(
            opponent ->
                new Judgement(
                    target, opponent.server(), Ratio.of(target.figure(), opponent.pairs())));
  }

  private static Optional<Standing> opponent(Target target, ShapeResult shape) {
    Comparator<Standing> byFigure =
        Comparator.comparingDouble(
            standing -> Quantiles.median(target.figure(), standing.samples()));
    return names(target).stream()
        .flatMap(name -> shape.of(name).stream())
        .max(target.figure().moreIsBetter() ? byFigure : byFigure.reversed());
  }

  private static List<String> names(Target target) {
    return switch (target.against()) {
      case FLOOR -> List.of(Names.FLOOR);
      case NETTY_BEST -> Names.NETTY_ALL;
      case NETTY_DEFAULTS -> Names.NETTY_DEFAULTS;
      case NO_POOL -> List.of(Names.NO_POOL);
    };
  }

  public Outcome outcome() {
    if (!Double.isNaN(target.aim()) && reaches(ratio.median(), target.aim())) {
      return Outcome.AIM_REACHED;
    }
    if (reaches(ratio.median(), target.must())) {
      return Outcome.MET;
    }
    double best = target.figure().moreIsBetter() ? ratio.high() : ratio.low();
    return reaches(best, target.must()) ? Outcome.WITHIN_NOISE : Outcome.MISSED;
  }

  private boolean reaches(double value, double bound) {
    return target.figure().moreIsBetter() ? value >= bound : value <= bound;
  }
}
