package io.sounder.client.report.compare;

import io.sounder.client.report.document.Statistic;

/** What can be compared. */
enum Quantity {
  P50(Statistic.P50),
  P90(Statistic.P90),
  P99(Statistic.P99),
  P99_9(Statistic.P99_9),
  P99_99(Statistic.P99_99),
  MAX(Statistic.MAX),
  MEAN(Statistic.MEAN),
  /** Right replies per second. */
  RATE(null),
  /** Which part of the requests did not end well. */
  ERRORS(null);

  private final Statistic statistic;

  Quantity(Statistic statistic) {
    this.statistic = statistic;
  }

  boolean isLatency() {
    return statistic != null;
  }

  boolean isPercentile() {
    return isLatency() && statistic.isPercentile();
  }

  /** Whether each second has it, so that it need not be guessed from others. */
  boolean isOfSeconds() {
    return switch (this) {
      case P50, P99, MAX, RATE, ERRORS -> true;
      case P90, P99_9, P99_99, MEAN -> false;
    };
  }

  /** Null unless it is a latency. */
  Statistic statistic() {
    return statistic;
  }

  String text() {
    return isLatency() ? statistic.text() : this == RATE ? "rate" : "errors";
  }
}
