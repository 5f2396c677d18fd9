package io.sounder.server.metrics;

import java.util.Locale;

/** Which of the threads that must not stand still one is. */
public enum ThreadRole {
  REACTOR,
  WORKER;

  /** The role in counters: {@code reactor}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
