package io.sounder.client.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** The course of a number over the last minute, a character for each interval. */
final class Sparkline {
  static final int MAX_COLUMNS = 60;

  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final String ASCII = "_.-:=+*#";

  private final Deque<Double> values = new ArrayDeque<>();

  /** Takes the next; NaN leaves a gap. */
  void add(double value) {
    if (values.size() == MAX_COLUMNS) {
      values.removeFirst();
    }
    values.addLast(value);
  }

  /** The highest that is still shown; 0 without any. */
  double max() {
    return values.stream()
        .filter(value -> !value.isNaN())
        .mapToDouble(value -> value)
        .max()
        .orElse(0);
  }

  /** The latest, as many as there is room for; the height is a share of the highest. */
  String text(int columns, boolean unicode) {
    String levels = unicode ? BLOCKS : ASCII;
    double max = max();
    StringBuilder text = new StringBuilder();
    values.stream()
        .skip(Math.max(0, values.size() - columns))
        .forEach(value -> text.append(value.isNaN() ? ' ' : levels.charAt(level(value, max))));
    return text.toString();
  }

  private static int level(double value, double max) {
    int highest = BLOCKS.length() - 1;
    return max <= 0 ? 0 : (int) Math.round(Math.max(0, value) / max * highest);
  }
}
