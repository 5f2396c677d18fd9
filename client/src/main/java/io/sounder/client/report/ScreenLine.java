package io.sounder.client.report;

import java.util.function.UnaryOperator;

/** A line of a screen, which is cut where the screen ends; what gives it colours has no width. */
final class ScreenLine {
  private final Style style;
  private final int columns;
  private final StringBuilder text = new StringBuilder();
  private int width;

  ScreenLine(Style style, int columns) {
    this.style = style;
    this.columns = columns;
  }

  /** Adds text as it is. */
  ScreenLine add(String plain) {
    return add(plain, UnaryOperator.identity());
  }

  /** Adds text with a look that does not change its width. */
  ScreenLine add(String plain, UnaryOperator<String> look) {
    String fitting = style.fit(plain);
    String cut = fitting.substring(0, Math.min(fitting.length(), columns - width));
    if (!cut.isEmpty()) {
      text.append(look.apply(cut));
      width += cut.length();
    }
    return this;
  }

  /** Whether so much more would not be cut. */
  boolean hasRoomFor(String plain) {
    return width + style.fit(plain).length() <= columns;
  }

  /** How many columns are left. */
  int room() {
    return columns - width;
  }

  int width() {
    return width;
  }

  /** With its colours. */
  @Override
  public String toString() {
    return text.toString();
  }
}
