package io.sounder.protocol.framing;

import static io.sounder.protocol.framing.Framing.HEADER_BYTES;

import java.nio.ByteBuffer;

/**
 * 4 bytes that say how many follow. The length is judged as soon as the header is there, before
 * anything is kept for it.
 */
final class LengthDecoder implements Decoder {
  private final int maxFrameBytes;
  private final boolean littleEndian;

  LengthDecoder(int maxFrameBytes, boolean littleEndian) {
    this.maxFrameBytes = maxFrameBytes;
    this.littleEndian = littleEndian;
  }

  @Override
  public Outcome decode(ByteBuffer bytes, Message message) {
    if (bytes.remaining() < HEADER_BYTES) {
      return Outcome.INCOMPLETE;
    }
    long length = length(bytes);
    if (length > maxFrameBytes) {
      return Outcome.TOO_LONG;
    }
    if (bytes.remaining() - HEADER_BYTES < length) {
      return Outcome.INCOMPLETE;
    }
    int start = bytes.position() + HEADER_BYTES;
    int end = start + (int) length;
    message.set(start, end, end);
    bytes.position(end);
    return Outcome.MESSAGE;
  }

  /** The header at the buffer's position, as an unsigned number. */
  private long length(ByteBuffer bytes) {
    // Buffers are big-endian unless told otherwise, and ours are not told.
    int value = bytes.getInt(bytes.position());
    return Integer.toUnsignedLong(littleEndian ? Integer.reverseBytes(value) : value);
  }

  @Override
  public Outcome finish(ByteBuffer bytes, Message message) {
    return bytes.hasRemaining() ? Outcome.TRUNCATED : Outcome.INCOMPLETE;
  }

  @Override
  public int bytesNeeded(ByteBuffer bytes) {
    return bytes.remaining() < HEADER_BYTES
        ? HEADER_BYTES
        : (int) Math.min(Integer.MAX_VALUE, HEADER_BYTES + Math.min(maxFrameBytes, length(bytes)));
  }

  @Override
  public Outcome decodeDatagram(ByteBuffer bytes, Message message) {
    Outcome outcome = decode(bytes, message);
    return outcome == Outcome.TOO_LONG || (outcome == Outcome.MESSAGE && !bytes.hasRemaining())
        ? outcome
        : Outcome.TRUNCATED;
  }
}
