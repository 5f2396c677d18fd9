package io.sounder.client.load.search;

import java.util.Locale;

/** What a step of the search is for. */
public enum Phase {
  /** To find rates on both sides of the limit, each a multiple of the one before. */
  RAMP,
  /** To bring them together. */
  BISECT,
  /** To see whether the rate holds for longer. */
  CONFIRM;

  /** As it is written: {@code bisect}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
