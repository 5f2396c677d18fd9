package io.sounder.client.load.rate;

import io.sounder.client.outcome.UsageException;
import java.util.ArrayList;
import java.util.List;

/** One rate after another, from low to high or from high to low, at equal distances. */
public final class Sweep {
  private static final int MAX_STEPS = 1000; // a step takes seconds: nobody awaits more

  private Sweep() {}

  /**
   * Reads a sweep such as {@code 1k:20k:1k}: from, to, and the distance of one to the next.
   *
   * @param flag what it was given with, for the error
   * @return the rates in requests per second, in order; the last is not beyond {@code to}
   * @throws UsageException with one line for the user
   */
  public static List<Double> parse(String flag, String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new UsageException(
          flag + ": '" + text + "' is not FROM:TO:STEP, three rates, such as 1k:20k:1k");
    }
    double from = Rates.parse(flag, parts[0]);
    double to = Rates.parse(flag, parts[1]);
    double step = Rates.parse(flag, parts[2]);
    double steps = Math.floor(Math.abs(to - from) / step + 1e-9) + 1; // 0.3 / 0.1 is 2.9999…
    if (steps > MAX_STEPS) {
      throw new UsageException(
          flag
              + " "
              + text
              + String.format(" is %.0f steps; at most %d are allowed", steps, MAX_STEPS));
    }
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      rates.add(from + Math.copySign(i * step, to - from));
    }
    return rates;
  }
}
