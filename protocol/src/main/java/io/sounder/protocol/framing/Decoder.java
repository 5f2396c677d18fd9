package io.sounder.protocol.framing;

import java.nio.ByteBuffer;

/**
 * Cuts one stream into messages, incrementally and in place. The caller keeps the bytes of an
 * unfinished message and presents them again, with more behind them; a decoder remembers what it
 * has already looked at.
 *
 * <p>Not thread-safe: a decoder belongs to whoever owns the connection.
 */
public sealed interface Decoder permits RawDecoder, LineDecoder, LengthDecoder {
  /** What a look at the bytes found. */
  enum Outcome {
    /** A message; the buffer's position is behind its frame. */
    MESSAGE,
    /** Not enough bytes yet; the buffer's position is where the unfinished frame begins. */
    INCOMPLETE,
    /**
     * A frame longer than is let through; the stream cannot be read any further. The buffer's
     * position is where the frame begins.
     */
    TOO_LONG,
    /** Only at the end of the stream: it ended inside a frame. */
    TRUNCATED
  }

  /**
   * Looks for the next message.
   *
   * @param bytes from position to limit, all that was received and not yet decoded
   * @param message told where the message lies, if there is one
   * @return {@link Outcome#MESSAGE}, {@link Outcome#INCOMPLETE} or {@link Outcome#TOO_LONG}
   */
  Outcome decode(ByteBuffer bytes, Message message);

  /**
   * Decides about the bytes that are left when the stream has ended and {@link #decode} found no
   * more.
   *
   * @return {@link Outcome#MESSAGE} for an unfinished line or {@link Outcome#TOO_LONG} for one
   *     above the limit, {@link Outcome#TRUNCATED} for an unfinished frame, {@link
   *     Outcome#INCOMPLETE} if nothing is left
   */
  Outcome finish(ByteBuffer bytes, Message message);

  /**
   * How many bytes the unfinished frame at the buffer's position needs in all, as far as is known:
   * a lower bound, for sizing the buffer that keeps it; more than there are, while {@link #decode}
   * says {@link Outcome#INCOMPLETE}.
   */
  int bytesNeeded(ByteBuffer bytes);

  /**
   * Reads a datagram, which is one message: {@code length} must hold exactly one frame; {@code
   * line} may end in one terminator.
   *
   * @return {@link Outcome#MESSAGE}, {@link Outcome#TOO_LONG}, or {@link Outcome#TRUNCATED} for any
   *     other malformed one
   */
  Outcome decodeDatagram(ByteBuffer bytes, Message message);
}
