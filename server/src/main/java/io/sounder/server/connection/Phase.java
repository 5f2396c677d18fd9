package io.sounder.server.connection;

/**
 * How far the conversation has come.
 *
 * <pre>
 *   PROXY ──admitted──▶ HANDSHAKE (TLS only) ──▶ GREETING ──▶ OPEN ──peer's end──▶ FINISHING ──flushed──▶ closed
 *     │                    │                        │           │
 *     └────────────────────┴────────────────────────┴───────────┴──we decide──▶ PARTING ──flushed, output shut down──▶ LINGERING ──▶ LINGERED ──▶ closed
 *
 *   PROXY goes straight to OPEN without a greeting, and to FINISHING if the peer ends before a byte
 *   any from GREETING to PARTING ──a fault──▶ RESETTING ──flushed──▶ closed
 * </pre>
 */
public enum Phase {
  /** A proxy has yet to say for whom it speaks. Nothing is said, and nothing but that is read. */
  PROXY,
  /** Keys are agreed on, which is work for workers. */
  HANDSHAKE,
  /** Greetings are left to be sent. */
  GREETING,
  OPEN,
  /** The peer has ended its side; what is left is flushed. */
  FINISHING,
  /** We have decided to close; what is left is flushed. */
  PARTING,
  /**
   * Our output is shut down; input is discarded, since a close with unread input would destroy the
   * last reply.
   */
  LINGERING,
  /** The peer has ended its side too, or has sent more than we care to discard. */
  LINGERED,
  /** What is left is flushed; then the close will be a reset. */
  RESETTING;

  /** Whether the next phase may be that one. */
  boolean leadsTo(Phase next) {
    return switch (next) {
      case PROXY -> false;
      case HANDSHAKE -> this == PROXY;
      case GREETING -> this == PROXY || this == HANDSHAKE;
      case OPEN -> this == PROXY || this == HANDSHAKE || this == GREETING;
      case FINISHING -> this == PROXY || this == OPEN;
      case PARTING -> !isEnding();
      case LINGERING -> this == PARTING;
      case LINGERED -> this == LINGERING;
      case RESETTING -> this == GREETING || this == OPEN || this == FINISHING || this == PARTING;
    };
  }

  /** Whether the end is decided: nothing more is answered. */
  public boolean isEnding() {
    return switch (this) {
      case PROXY, HANDSHAKE, GREETING, OPEN -> false;
      case FINISHING, PARTING, LINGERING, LINGERED, RESETTING -> true;
    };
  }
}
