package io.sounder.protocol.proxy;

import java.nio.ByteBuffer;

/**
 * Reads the PROXY header at the beginning of a stream, of either version, incrementally and in
 * place. The caller keeps the bytes of an unfinished header and presents them again, with more
 * behind them. What follows the header is left in the buffer; who reads no more than {@link
 * #bytesNeeded} has nothing of it.
 *
 * <p>Strict: what the specification does not allow is malformed, since a receiver that guesses can
 * be made to take one peer for another. Not thread-safe; one object serves for all headers of a
 * thread.
 */
public final class ProxyHeaderReader {
  /** What a look at the bytes found. */
  public enum Outcome {
    /** A header; the buffer's position is behind it. */
    HEADER,
    /** Not enough bytes yet; the buffer's position is as it was. */
    INCOMPLETE,
    /** No header, or one that must not be used; {@link #problem} says why. */
    MALFORMED
  }

  /** A header is no longer than that. Version 2 could have 64 KiB, but nobody needs so much. */
  public static final int MAX_HEADER_BYTES =
      BinaryHeader.FIXED_BYTES + BinaryHeader.MAX_BLOCK_BYTES;

  private ProxyHeader header;
  private String problem = "";

  /**
   * Looks for the header.
   *
   * @param bytes from position to limit, all that was received
   */
  public Outcome read(ByteBuffer bytes) {
    header = null;
    problem = "";
    int start = bytes.position();
    try {
      header = isBinary(bytes) ? BinaryHeader.parse(bytes) : TextHeader.parse(bytes);
    } catch (MalformedHeaderException e) {
      problem = e.getMessage();
      bytes.position(start);
      return Outcome.MALFORMED;
    }
    return header == null ? Outcome.INCOMPLETE : Outcome.HEADER;
  }

  /** The header that was found last. */
  public ProxyHeader header() {
    return header;
  }

  /** What was wrong with the last malformed one, in words without any of its bytes. */
  public String problem() {
    return problem;
  }

  /**
   * How many bytes the header at the buffer's position has at least, as far as is known: more than
   * there are while {@link #read} says {@link Outcome#INCOMPLETE}, and never more than it has.
   */
  public static int bytesNeeded(ByteBuffer bytes) {
    if (bytes.remaining() < TextHeader.MIN_BYTES) {
      return TextHeader.MIN_BYTES; // which the other version exceeds by one
    }
    return isBinary(bytes) ? BinaryHeader.bytesNeeded(bytes) : TextHeader.bytesNeeded(bytes);
  }

  private static boolean isBinary(ByteBuffer bytes) {
    return bytes.hasRemaining() && bytes.get(bytes.position()) == BinaryHeader.FIRST_BYTE;
  }
}
