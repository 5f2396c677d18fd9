package io.sounder.protocol.framing;

import java.nio.ByteBuffer;

/** A message ends at LF; a CR before it belongs to the terminator. */
final class LineDecoder implements Decoder {
  private final int maxFrameBytes;
  private int scanned; // bytes of the unfinished line in which there is no LF

  LineDecoder(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public Outcome decode(ByteBuffer bytes, Message message) {
    int start = bytes.position();
    int limit = bytes.limit();
    for (int i = start + scanned; i < limit; i++) {
      if (bytes.get(i) == '\n') {
        return found(bytes, message, start, i);
      }
    }
    scanned = limit - start;
    return mayStillFit(bytes, start, limit) ? Outcome.INCOMPLETE : Outcome.TOO_LONG;
  }

  private Outcome found(ByteBuffer bytes, Message message, int start, int lineFeed) {
    int end = lineFeed > start && bytes.get(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
    return framed(bytes, message, end, lineFeed + 1);
  }

  /** One byte above the limit may yet turn out to be the CR of the terminator. */
  private boolean mayStillFit(ByteBuffer bytes, int start, int limit) {
    int length = limit - start;
    return length <= maxFrameBytes || (length == maxFrameBytes + 1 && bytes.get(limit - 1) == '\r');
  }

  @Override
  public Outcome finish(ByteBuffer bytes, Message message) {
    if (!bytes.hasRemaining()) {
      return Outcome.INCOMPLETE;
    }
    return framed(bytes, message, bytes.limit(), bytes.limit());
  }

  @Override
  public int bytesNeeded(ByteBuffer bytes) {
    return bytes.remaining() + 1;
  }

  @Override
  public Outcome decodeDatagram(ByteBuffer bytes, Message message) {
    int end = bytes.limit();
    if (end > bytes.position() && bytes.get(end - 1) == '\n') {
      end--;
      if (end > bytes.position() && bytes.get(end - 1) == '\r') {
        end--;
      }
    }
    return framed(bytes, message, end, bytes.limit());
  }

  private Outcome framed(ByteBuffer bytes, Message message, int end, int frameEnd) {
    scanned = 0;
    if (end - bytes.position() > maxFrameBytes) {
      return Outcome.TOO_LONG;
    }
    message.set(bytes.position(), end, frameEnd);
    bytes.position(frameEnd);
    return Outcome.MESSAGE;
  }
}
