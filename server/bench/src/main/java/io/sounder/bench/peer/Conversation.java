package io.sounder.bench.peer;

/** What a peer speaks. */
public enum Conversation {
  /** TCP: what comes goes back. */
  RAW,
  /** TCP: a line comes back with {@code OK...} before it. */
  LINE_OK,
  /** TCP: four bytes of length, and so many bytes, which come back the same. */
  LENGTH,
  /** A datagram comes back. */
  UDP,
  /** What comes over TLS goes back. */
  TLS
}
