package io.sounder.client.report.html;

import io.sounder.protocol.text.Escapes;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * HTML that is well-formed whatever the texts in it: names of tags and attributes are ours, texts
 * and values of attributes are escaped.
 */
final class Markup {
  private final StringBuilder html = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn; one whose value is null is left out
   */
  Markup open(String tag, String... attributes) {
    html.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i + 1] != null) {
        html.append(' ').append(attributes[i]).append("=\"");
        html.append(escape(attributes[i + 1])).append('"');
      }
    }
    html.append('>');
    open.push(tag);
    return this;
  }

  /** Ends the element that was begun last. */
  Markup close() {
    html.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Ends the element that was begun last, and the line, for those who read the source. */
  Markup closeLine() {
    close();
    html.append('\n');
    return this;
  }

  Markup text(String text) {
    html.append(escape(text));
    return this;
  }

  /** An element with nothing but a text in it. */
  Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /**
   * What was made.
   *
   * @throws IllegalStateException if an element is still open
   */
  String html() {
    if (!open.isEmpty()) {
      throw new IllegalStateException(open.peek() + " is still open");
    }
    return html.toString();
  }

  /** Text as it may stand between tags and in an attribute; what steers or reverses is shown. */
  static String escape(String text) {
    String shown = Escapes.oneLine(text);
    StringBuilder escaped = new StringBuilder(shown.length() + 16);
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
