package io.sounder.client.load.script;

import java.util.List;

/**
 * One text or several, which are taken in turn: each connection begins with the first. Immutable.
 */
public final class Texts {
  private final TextTemplate[] templates;
  private final int maxBytes;

  /**
   * In this order.
   *
   * @param templates at least one
   */
  public Texts(List<TextTemplate> templates) {
    this.templates = templates.toArray(new TextTemplate[0]);
    this.maxBytes = templates.stream().mapToInt(TextTemplate::maxBytes).max().orElseThrow();
  }

  /** The text of a request, by its number on its connection, from 0. */
  TextTemplate of(long sequence) {
    return templates.length == 1 ? templates[0] : templates[(int) (sequence % templates.length)];
  }

  /** All there are. */
  List<TextTemplate> all() {
    return List.of(templates);
  }

  /** The most bytes that one can become. */
  int maxBytes() {
    return maxBytes;
  }
}
