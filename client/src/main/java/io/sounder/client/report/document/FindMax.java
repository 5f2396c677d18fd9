package io.sounder.client.report.document;

import java.util.List;

/**
 * The search for the highest rate at which an objective is met.
 *
 * @param found requests/s; null if no rate met it
 * @param ending why the search ended; may be empty
 * @param steps in the order in which they were tried
 */
public record FindMax(String slo, Double found, String ending, List<Step> steps) {
  public FindMax {
    steps = List.copyOf(steps);
  }

  /**
   * One rate that was tried.
   *
   * @param rate asked for, requests/s
   * @param p50Nanos null without any reply, as the next
   * @param errors requests without a right reply in time
   * @param phase {@code ramp}, {@code bisect} or {@code confirm}
   */
  public record Step(
      double rate,
      Double achieved,
      Long p50Nanos,
      Long p99Nanos,
      long errors,
      boolean met,
      String verdict,
      String phase) {}
}
