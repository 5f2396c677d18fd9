package io.sounder.client.report.compare;

/**
 * What must not be.
 *
 * @param text as it was given: {@code p99>+10%}
 * @param isUpper whether more than the threshold is too much, or less is too little
 * @param threshold nanoseconds, requests/s, or a part of one
 */
public record Condition(String text, Metric metric, boolean isUpper, Form form, double threshold) {
  /** What is held against the threshold. */
  enum Form {
    /** The change as a part of the base. */
    RELATIVE,
    /** The difference from the base. */
    ABSOLUTE,
    /** The new value by itself. */
    BOUND
  }

  /** What is held against the threshold. */
  double effect(double base, double fresh) {
    return switch (form) {
      case RELATIVE -> fresh / base - 1;
      case ABSOLUTE -> fresh - base;
      case BOUND -> fresh;
    };
  }

  boolean isBeyond(double effect) {
    return isUpper ? effect > threshold : effect < threshold;
  }

  String shown(double effect) {
    return switch (form) {
      case RELATIVE -> metric.shownChange(effect);
      case ABSOLUTE ->
          metric.quantity() == Quantity.ERRORS
              ? metric.shownChange(effect)
              : metric.shownDifference(effect);
      case BOUND -> metric.shown(effect);
    };
  }
}
