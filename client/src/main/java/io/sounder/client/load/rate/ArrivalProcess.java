package io.sounder.client.load.rate;

import io.sounder.client.outcome.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** How requests are spread over time at a given rate. */
public enum ArrivalProcess {
  /** Evenly, the first at the very start. */
  UNIFORM,
  /** Each independently of the others, as many users send them who do not know of each other. */
  POISSON;

  /**
   * Reads one.
   *
   * @param flag what it was given with, for the error
   * @throws UsageException if there is no such process
   */
  public static ArrivalProcess parse(String flag, String text) {
    return Arrays.stream(values())
        .filter(process -> process.text().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new UsageException(flag + ": '" + text + "' is none of uniform, poisson"));
  }

  /** As it is written: {@code poisson}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * One of several shares, which together are the whole plan: each takes every so manieth of
   * uniform arrivals, or is a Poisson process of its own.
   *
   * @param share from 0 up to, but without, {@code shares}
   * @param seed of what is random; shares of one plan get the same, and are told apart here
   */
  public Arrivals share(RateProfile profile, int share, int shares, long seed) {
    if (this == UNIFORM) {
      return new UniformArrivals(profile, share, shares);
    }
    SplittableRandom seeds = new SplittableRandom(seed);
    long own = seeds.nextLong();
    for (int i = 0; i < share; i++) {
      own = seeds.nextLong();
    }
    return new PoissonArrivals(profile, shares, own);
  }
}
