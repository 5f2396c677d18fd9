package io.sounder.client.report.compare;

import io.sounder.client.report.Quantities;
import io.sounder.client.report.figures.Cell;
import java.util.Locale;

/**
 * A quantity, of the response time or of the service time where it is a latency. Values are
 * nanoseconds, requests/s, or a part of one.
 */
record Metric(Quantity quantity, boolean ofService) {
  static final String SERVICE = "service.";

  /** As it is named in a condition: {@code service.p99.9}. */
  String text() {
    return (ofService ? SERVICE : "") + quantity.text();
  }

  /** A value for people. */
  String shown(double value) {
    return switch (quantity) {
      case RATE -> Quantities.rate(value);
      case ERRORS -> percent(value, "%.2f %%");
      default -> Quantities.duration(Math.round(value));
    };
  }

  /** A difference for people: {@code +204 µs}. */
  String shownDifference(double difference) {
    String sign = difference < 0 ? "-" : "+";
    return sign + shown(Math.abs(difference));
  }

  /** A change for people: relative, but of errors in points. */
  String shownChange(double change) {
    if (quantity != Quantity.ERRORS) {
      return Cell.change(change);
    }
    return Math.abs(change) < 0.00005 ? "±0.00 pp" : percent(change, "%+.2f pp");
  }

  private static String percent(double part, String format) {
    return String.format(Locale.ROOT, format, part * 100);
  }
}
