package io.sounder.protocol.reply;

import java.nio.ByteBuffer;

/**
 * The message with each FROM replaced by TO, left to right, never overlapping and never across
 * messages.
 */
final class Replace implements Reply {
  private final byte[] from;
  private final byte[] to;

  Replace(byte[] from, byte[] to) {
    if (from.length == 0) {
      throw new IllegalArgumentException("nothing to replace");
    }
    this.from = from;
    this.to = to;
  }

  @Override
  public int length(ByteBuffer message, Exchange exchange) {
    int end = message.limit();
    long length = message.remaining();
    for (int hit = find(message, message.position(), end);
        hit < end;
        hit = find(message, hit + from.length, end)) {
      length += to.length - from.length;
    }
    return Math.toIntExact(length);
  }

  @Override
  public void write(ByteBuffer message, Exchange exchange, ByteSink out) {
    int end = message.limit();
    while (message.position() < end) {
      int hit = find(message, message.position(), end);
      message.limit(hit);
      out.put(message);
      message.limit(end);
      if (hit < end) {
        out.put(to);
        message.position(hit + from.length);
      }
    }
  }

  @Override
  public boolean carriesRequest() {
    return true;
  }

  /** Where FROM next begins, or {@code end}. */
  private int find(ByteBuffer bytes, int start, int end) {
    for (int i = start; i <= end - from.length; i++) {
      int matched = 0;
      while (matched < from.length && bytes.get(i + matched) == from[matched]) {
        matched++;
      }
      if (matched == from.length) {
        return i;
      }
    }
    return end;
  }
}
