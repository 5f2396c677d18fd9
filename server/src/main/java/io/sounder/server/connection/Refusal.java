package io.sounder.server.connection;

import java.util.Locale;

/** Why a connection was closed before a byte was read. Each is counted. */
public enum Refusal {
  /** The listener has as many connections as it may. */
  MAX_CONNECTIONS,
  /** The peer's IP has as many connections as one may have. */
  MAX_CONNECTIONS_PER_IP,
  /** The peer's IP has begun as many connections as one may for now. */
  ACCEPT_RATE_PER_IP,
  /** The peer is not on the listener's {@code allow} list, or is on its {@code deny} list. */
  ACCESS,
  /** The peer may not send a PROXY header, which the listener's connections begin with. */
  PROXY_SOURCE,
  /** The connection could not be set up: it was gone before we looked, or an option was refused. */
  SETUP_FAILED;

  /** The reason in counters and logs: {@code max_connections}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
