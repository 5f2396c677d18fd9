package io.sounder.server.connection;

import java.util.Locale;

/** Why a connection ended. Each is counted. */
public enum CloseReason {
  /** The peer ended its side; all that it sent was answered. */
  PEER_CLOSED,
  /** The peer reset the connection, or vanished while we wrote. */
  RESET,
  /** The listener's {@code close-after}, or RFC 868's time was told. */
  CLOSE_AFTER,
  IDLE_TIMEOUT,
  /** A message was begun and not completed in time. */
  MESSAGE_TIMEOUT,
  /** It began with no PROXY header, or with one that must not be used. */
  PROXY_HEADER,
  /** The PROXY header was not complete in time. */
  PROXY_TIMEOUT,
  /** The peer that the PROXY header named is not on the listener's {@code allow} list. */
  ACCESS,
  /** The peer that the PROXY header named has as many connections as it may. */
  MAX_CONNECTIONS_PER_IP,
  /** The peer that the PROXY header named begins more connections than it may. */
  ACCEPT_RATE_PER_IP,
  /** The peer did not take a reply in time. */
  WRITE_TIMEOUT,
  /** The peer had ended its side, and did not take what was left in time. */
  HALF_CLOSE_TIMEOUT,
  /** A frame longer than {@code max-frame}. */
  FRAME_TOO_LONG,
  /** The stream ended inside a frame. */
  TRUNCATED,
  /** TLS: no agreement on how to speak, no certificate that we trust, or no TLS at all. */
  TLS_HANDSHAKE,
  /** TLS: the handshake was not over in time. */
  HANDSHAKE_TIMEOUT,
  /** TLS: after the handshake, something that must not come, or was changed on its way. */
  TLS_PROTOCOL,
  /** TLS: the stream ended, and the peer had not said that it would. */
  TLS_TRUNCATED,
  /** A fault was injected on purpose. */
  FAULT,
  /** All connections together hold as much as they may, and this one wanted more. */
  BUFFER_BUDGET,
  /** The JVM had no direct memory left that the connection needed. */
  DIRECT_MEMORY,
  /** The server was asked to stop. */
  DRAIN,
  /** Its listener was taken out of the configuration. */
  LISTENER_REMOVED,
  /** The server was asked to stop, or the listener was removed, and this one took too long. */
  DRAIN_TIMEOUT,
  /** A defect of ours, logged with its stack. */
  INTERNAL_ERROR;

  /** The reason in counters and logs: {@code idle_timeout}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
