package io.sounder.client.load.slo;

/** How a measured value must stand to its bound. */
enum Comparison {
  BELOW("<"),
  AT_MOST("<="),
  ABOVE(">"),
  AT_LEAST(">=");

  private final String text;

  Comparison(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** Never if the value is NaN. */
  boolean holds(double value, double bound) {
    return switch (this) {
      case BELOW -> value < bound;
      case AT_MOST -> value <= bound;
      case ABOVE -> value > bound;
      case AT_LEAST -> value >= bound;
    };
  }
}
