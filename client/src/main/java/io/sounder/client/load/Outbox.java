package io.sounder.client.load;

import io.sounder.client.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How far the requests of a connection are written. Nothing is kept: what the socket does not take
 * is made again when it does.
 */
final class Outbox {
  private final LoopContext context;
  private final int connection;

  private long sequence; // the request that is being written, or is next
  private int offset; // how much of it is out

  Outbox(LoopContext context, int connection) {
    this.context = context;
    this.connection = connection;
  }

  /** A new connection begins with this request. */
  void restart(long next) {
    sequence = next;
    offset = 0;
  }

  /** The first request that is not written whole. */
  long sequence() {
    return sequence;
  }

  /**
   * Writes all requests before {@code end}, or what the socket takes of them.
   *
   * @return whether all are out; if not, the socket has no room
   */
  boolean flush(Wire wire, long end, long nowNanos) throws IOException {
    while (sequence < end) {
      ByteBuffer buffer = fill(end);
      int written = wire.write(buffer);
      context.statistics().bytesSent(written, nowNanos);
      advance(written, end);
      if (buffer.hasRemaining()) {
        return false;
      }
    }
    return wire.flush();
  }

  private void advance(int written, long end) {
    int left = written;
    while (sequence < end && left >= restOf(sequence, offset)) {
      left -= restOf(sequence, offset);
      offset = 0;
      sequence++;
    }
    offset += left;
  }

  private int restOf(long request, int from) {
    return context.request().length(connection, request) - from;
  }

  private ByteBuffer fill(long end) {
    ByteBuffer buffer = context.writeBuffer().clear();
    int from = offset;
    for (long next = sequence; next < end && buffer.hasRemaining(); next++) {
      int count = Math.min(restOf(next, from), buffer.remaining());
      context.request().write(connection, next, from, count, buffer);
      from = 0;
    }
    return buffer.flip();
  }
}
