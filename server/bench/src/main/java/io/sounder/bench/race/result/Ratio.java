package io.sounder.bench.race.result;

import java.util.Arrays;
import java.util.List;

/**
 * Sounder's share of another server's figure: the median over adjacent pairs, and an interval with
 * a confidence of at least 95 % for the true median, from the ranks of the pairs alone (a binomial
 * distribution), so that nothing is assumed of how the noise is spread. With fewer than six pairs
 * no ranks are enough, and the interval is all of them.
 *
 * <p>It speaks of this pair of processes. Two processes of one program differ by more than their
 * turns do, and started anew the same two servers may come out beyond it; by how much, the control
 * {@link Names#CONTROL} shows.
 */
public record Ratio(double median, double low, double high, int pairs) {
  private static final double MOST_OUTSIDE = 0.025; // on each side

  /** Throws {@link IllegalArgumentException} if there are none. */
  public static Ratio of(Figure figure, List<Pair> pairs) {
    return of(
        pairs.stream()
            .mapToDouble(pair -> figure.of(pair.sounder()) / figure.of(pair.server()))
            .toArray());
  }

  static Ratio of(double... ratios) {
    if (ratios.length == 0) {
      throw new IllegalArgumentException("no pairs");
    }
    double[] sorted = ratios.clone();
    Arrays.sort(sorted);
    int outside = ranksOutside(sorted.length);
    return new Ratio(
        Quantiles.median(sorted),
        sorted[outside],
        sorted[sorted.length - 1 - outside],
        sorted.length);
  }

  /** How many pairs at each end may be left out. */
  private static int ranksOutside(int pairs) {
    double probability = Math.pow(0.5, pairs);
    double cumulated = probability;
    int outside = 0;
    while (cumulated <= MOST_OUTSIDE) {
      outside++;
      probability *= (double) (pairs - outside + 1) / outside;
      cumulated += probability;
    }
    return Math.max(0, outside - 1);
  }
}
