package io.sounder.client.load.verify;

import java.util.Locale;

/** The ways in which what came back was not what should have. */
public enum Wrong {
  /** A reply with wrong bytes in it, not merely less or more than it should be. */
  CORRUPT,
  /** A reply to a request of another connection, or of another run. */
  MISDIRECTED,
  /** Less than the reply. */
  TRUNCATED,
  /** More than the reply. */
  EXTRA,
  /** A reply that does not begin with its {@code OK...}. */
  WRONG_PREFIX,
  /** Not the greeting that was to come first. */
  WRONG_GREETING,
  /** On a raw stream with several requests in flight: bytes were added or are missing. */
  DESYNCHRONISED,
  /** A frame that cannot be one: too long, or not what its length says. */
  UNREADABLE;

  /** The kind as it is shown and counted: {@code wrong-prefix}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
