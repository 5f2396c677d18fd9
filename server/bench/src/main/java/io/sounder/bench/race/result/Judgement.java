package io.sounder.bench.race.result;

import io.sounder.bench.peer.Conversation;
import io.sounder.bench.race.shape.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A target, and what was reached.
 *
 * @param server who it was held against: of several, the one that did best
 * @param lost datagrams that Sounder did not answer; over TCP always 0
 */
public record Judgement(Target target, String server, Ratio ratio, long lost) {
  /** How near it came. */
  public enum Outcome {
    AIM_REACHED,
    MET,
    /** The median is short of it, but it lies within the interval. */
    WITHIN_NOISE,
    /**
     * All of the interval is short of it, or datagrams were lost: what is dropped costs nothing.
     */
    MISSED
  }

  /** Judges a target by what was measured; nothing if it was not. */
  public static Optional<Judgement> of(Target target, List<ShapeResult> shapes) {
    return shapes.stream()
        .filter(shape -> shape.shape().equals(target.shape()))
        .findFirst()
        .flatMap(shape -> opponent(target, shape).map(other -> against(other, target, shape)));
  }

  private static Judgement against(Standing opponent, Target target, ShapeResult shape) {
    Ratio ratio = Ratio.of(target.figure(), opponent.pairs());
    return new Judgement(target, opponent.server(), ratio, lost(shape));
  }

  private static long lost(ShapeResult shape) {
    if (Shape.of(shape.shape()).conversation() != Conversation.UDP) {
      return 0;
    }
    return shape.sounder().stream().mapToLong(Sample::failed).sum();
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
    if (lost > 0) {
      return Outcome.MISSED;
    }
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
