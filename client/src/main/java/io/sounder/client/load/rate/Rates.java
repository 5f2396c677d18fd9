package io.sounder.client.load.rate;

import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.EndpointException;
import io.sounder.protocol.endpoint.Units;
import java.math.BigDecimal;
import java.util.List;

/** Rates as users write them, in requests per second: {@code 500}, {@code 2.5}, {@code 50k}. */
public final class Rates {
  /** One request in a thousand seconds. */
  public static final double LOWEST = 0.001;

  /** Ten nanoseconds from one request to the next; a year of them still fits 64 bits. */
  public static final double HIGHEST = 100_000_000;

  private static final int PER_ONE = 1000; // rates are told apart to a thousandth

  private Rates() {}

  /**
   * Reads a rate.
   *
   * @param flag what it was given with, for the error
   * @return requests per second, from {@link #LOWEST} to {@link #HIGHEST}
   * @throws UsageException with one line for the user
   */
  public static double parse(String flag, String text) {
    return within(flag, text, perSecond(flag, text));
  }

  /**
   * The rate of all connections together, if each has the one given.
   *
   * @throws UsageException as {@link #parse}, or if the sum is out of range
   */
  public static double parsePerConnection(String flag, String text, int connections) {
    double perSecond = parse(flag, text);
    return within(flag, text + " on " + connections + " connections", perSecond * connections);
  }

  /**
   * Checks that the rate was said in one way only.
   *
   * @param flags those that were given
   * @throws UsageException if there are several
   */
  public static void checkOnlyOne(List<String> flags) {
    if (flags.size() > 1) {
      throw new UsageException(
          String.join(" and ", flags) + " exclude each other; give only one of them");
    }
  }

  /** A rate as {@link #parse} reads it: {@code 50k}. */
  public static String text(double perSecond) {
    long thousandths = Math.round(perSecond * PER_ONE);
    if (thousandths != 0 && thousandths % (1_000_000L * PER_ONE) == 0) {
      return thousandths / (1_000_000L * PER_ONE) + "M";
    }
    if (thousandths != 0 && thousandths % (1_000L * PER_ONE) == 0) {
      return thousandths / (1_000L * PER_ONE) + "k";
    }
    return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
  }

  private static double perSecond(String flag, String text) {
    try {
      return (double) thousandths(text) / PER_ONE;
    } catch (EndpointException e) {
      throw new UsageException(
          flag
              + ": '"
              + text
              + "' is not a rate in requests per second, to a thousandth, such as 500, 2.5 or 50k");
    }
  }

  /** Counts are whole, and so are the thousandths of a rate. */
  private static long thousandths(String text) {
    if (text.endsWith("M")) {
      return Math.round((double) PER_ONE * Units.count(text)); // far out of range if too large
    }
    return text.endsWith("k")
        ? Units.count(text.substring(0, text.length() - 1) + "M")
        : Units.count(text + "k");
  }

  private static double within(String flag, String text, double perSecond) {
    if (perSecond < LOWEST || perSecond > HIGHEST) {
      throw new UsageException(
          flag
              + " "
              + text
              + " is out of range; allowed is "
              + text(LOWEST)
              + " to "
              + text(HIGHEST)
              + " requests per second");
    }
    return perSecond;
  }
}
