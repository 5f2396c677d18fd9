package io.sounder.server.connection;

import java.util.Locale;

/** Why a datagram got no reply. Each is counted. */
public enum DatagramDrop {
  /** A source port below 1024: a service that might answer in turn. */
  PRIVILEGED_SOURCE_PORT,
  /** The source port is one of our own UDP ports: the beginning of a loop. */
  OWN_SOURCE_PORT,
  /** The source port of a service known to reflect. */
  REFLECTOR_SOURCE_PORT,
  /** A multicast, broadcast or unspecified source. */
  SOURCE_ADDRESS,
  /** A loopback source on a socket that is not bound to loopback: spoofed. */
  LOOPBACK_SOURCE,
  /** Not on the listener's {@code allow} list, or on its {@code deny} list. */
  ACCESS,
  /** Its source is in quarantine: it repeated a payload as in a packet loop. */
  LOOP,
  /** Its source has had all the replies that it may have for now. */
  RATE_LIMIT,
  /** All sources together have had all the replies that they may have for now. */
  RATE_LIMIT_TOTAL,
  /** Not what the framing wants. */
  MALFORMED,
  /** Longer than {@code max-frame}. */
  TOO_LONG,
  /** The reply would be more than three times as large as the request. */
  AMPLIFICATION,
  /** The reply would not fit a datagram. */
  REPLY_TOO_LARGE,
  /** The socket's send buffer was full. */
  SEND_BUFFER_FULL,
  /** The system refused to send. */
  SEND_ERROR,
  /** As many replies as may wait for their time did so already: delays, or a capacity. */
  FAULT_QUEUE_FULL,
  /** A defect of ours, logged with its stack. */
  INTERNAL_ERROR;

  /** The reason in counters and logs: {@code source_address}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
