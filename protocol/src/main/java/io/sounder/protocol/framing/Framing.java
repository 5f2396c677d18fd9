package io.sounder.protocol.framing;

import java.util.Locale;

/**
 * How a stream is cut into messages. Over UDP a datagram is one message, and framing says what it
 * must look like.
 */
public enum Framing {
  /** What one read gives is one message. */
  RAW,
  /** A message ends at LF; a CR before it belongs to the terminator. */
  LINE,
  /** 4 bytes, unsigned, big-endian, then so many bytes. */
  LENGTH,
  /** 4 bytes, unsigned, little-endian, then so many bytes. */
  LENGTH_LE;

  /** The size of a length header, in bytes. */
  public static final int HEADER_BYTES = 4;

  /** The framing as the key's value: {@code length-le}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a length stands before each message. */
  public boolean hasHeader() {
    return this == LENGTH || this == LENGTH_LE;
  }

  /**
   * A decoder for one stream.
   *
   * @param maxFrameBytes the longest message that is let through, without header or terminator;
   *     {@link #RAW} has no limit
   */
  public Decoder newDecoder(int maxFrameBytes) {
    return switch (this) {
      case RAW -> RawDecoder.INSTANCE;
      case LINE -> new LineDecoder(maxFrameBytes);
      case LENGTH, LENGTH_LE -> new LengthDecoder(maxFrameBytes, this == LENGTH_LE);
    };
  }
}
