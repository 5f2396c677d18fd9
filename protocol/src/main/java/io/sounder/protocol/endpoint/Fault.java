package io.sounder.protocol.endpoint;

import java.util.List;
import java.util.Locale;

/**
 * What a listener can do wrong on purpose. Where several of the first seven are drawn for one
 * reply, the first in this order is done, and none of the others.
 */
public enum Fault {
  /** The connection is reset instead of the reply. */
  RST,
  /** The connection is closed in order instead of the reply. */
  CLOSE,
  /** The reply is not sent. */
  DROP,
  /** The reply is cut short; a connection is then closed. */
  TRUNCATE,
  /** One byte of the reply is changed. */
  CORRUPT,
  /** The reply is sent twice. */
  DUP,
  /** The reply is sent after the next one to the same peer. */
  REORDER,
  /** The reply is sent later. */
  DELAY,
  /** The reply goes out at a limited rate of bytes. */
  SLOW,
  /** The reply had to wait for others, since there is a limit of replies per second. */
  CAPACITY;

  /** Those that are done to a percentage of the replies, and of which one excludes the others. */
  public static final List<Fault> EXCLUSIVE =
      List.of(RST, CLOSE, DROP, TRUNCATE, CORRUPT, DUP, REORDER);

  /** The fault as its key, and in counters. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing of the reply is sent. */
  public boolean isSilent() {
    return this == RST || this == CLOSE || this == DROP;
  }
}
