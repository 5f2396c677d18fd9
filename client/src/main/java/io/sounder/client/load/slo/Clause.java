package io.sounder.client.load.slo;

/**
 * One bound on one metric.
 *
 * @param text as the user wrote it, without blanks
 */
record Clause(String text, Metric metric, Comparison comparison, double bound) {
  SloOutcome judge(Measured measured) {
    double value = metric.of(measured);
    return new SloOutcome(text, metric.unit(), value, comparison.holds(value, bound));
  }
}
