package io.sounder.server.worker;

import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.Exchange;
import io.sounder.server.connection.Connection;
import io.sounder.server.connection.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * The way out as it should be: gathers the replies of a turn in the thread's buffer and writes
 * them, large ones straight from where they are. What the socket does not take becomes the
 * connection's pending output, and from then on everything does.
 */
final class PlainOutbound implements Outbound {
  /** From here on a copy costs more than a system call saves. */
  private static final int WRITE_THROUGH_BYTES = 8 << 10;

  /**
   * A peer that takes all it gets must not keep its owner for ever. An echo of one read stays below
   * this.
   */
  private static final int MAX_BYTES_PER_TURN = 2 * Inbound.LARGEST_READ;

  private static final int GATHERED_BYTES = 64 << 10;

  /** The JDK copies what is not direct for each write, all of it. */
  private static final int HEAP_SLICE_BYTES = 64 << 10;

  private final ByteBuffer gathered = ByteBuffer.allocateDirect(GATHERED_BYTES);
  private final BufferPool pool;
  private Connection connection;
  private long written;

  PlainOutbound(BufferPool pool) {
    this.pool = pool;
  }

  @Override
  public void begin(Connection owner) {
    connection = owner;
    gathered.clear();
    written = 0;
  }

  @Override
  public boolean isBlocked() {
    return connection.isOutputPending();
  }

  @Override
  public boolean isFull() {
    return isBlocked();
  }

  @Override
  public boolean isTurnOver() {
    return written >= MAX_BYTES_PER_TURN;
  }

  @Override
  public long written() {
    return written;
  }

  @Override
  public void flushPending() throws IOException {
    ByteBuffer pending = connection.output();
    if (pending == null) {
      flushTls();
      return;
    }
    write(pending);
    if (!pending.hasRemaining()) {
      connection.output(null);
      pool.give(pending);
    }
  }

  /** All is encrypted, but the socket may not have taken it. */
  private void flushTls() throws IOException {
    if (connection.isOutputPending()) {
      connection.tls().flush();
    }
  }

  @Override
  public void reply(ByteBuffer bytes, Message message, Exchange exchange) {
    Listener listener = connection.listener();
    listener.frameWriter().writeReply(listener.reply(), bytes, message, exchange, this);
  }

  @Override
  public void flush() {
    if (gathered.position() == 0) {
      return;
    }
    gathered.flip();
    if (isBlocked()) {
      keep(gathered);
    } else {
      writeOrKeep(gathered);
    }
    gathered.clear();
  }

  @Override
  public void put(ByteBuffer bytes) {
    if (bytes.remaining() >= WRITE_THROUGH_BYTES) {
      flush();
      writeOrKeep(bytes);
    } else {
      makeRoom(bytes.remaining());
      gathered.put(bytes);
    }
  }

  @Override
  public void put(byte[] bytes) {
    if (bytes.length >= WRITE_THROUGH_BYTES) {
      put(ByteBuffer.wrap(bytes));
    } else {
      makeRoom(bytes.length);
      gathered.put(bytes);
    }
  }

  @Override
  public void put(byte b) {
    makeRoom(1);
    gathered.put(b);
  }

  @Override
  public void putInt(int value) {
    makeRoom(Integer.BYTES);
    gathered.putInt(value);
  }

  private void makeRoom(int bytes) {
    if (gathered.remaining() < bytes) {
      flush();
    }
  }

  private void writeOrKeep(ByteBuffer bytes) {
    if (!isBlocked()) {
      try {
        write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (bytes.hasRemaining()) {
      keep(bytes);
    }
  }

  /** Appends to the pending output, which begins here if there was none. */
  private void keep(ByteBuffer rest) {
    ByteBuffer pending = connection.output();
    if (pending == null) {
      pending = pool.take(rest.remaining());
    } else {
      pending.compact();
      if (pending.remaining() < rest.remaining()) {
        pending =
            pool.grow(
                pending, Math.max(pending.position() + rest.remaining(), 2 * pending.capacity()));
      }
    }
    pending.put(rest).flip();
    connection.output(pending);
  }

  /**
   * Writes until all is gone or the socket takes no more; a heap buffer in slices, since the JDK
   * copies it for each write.
   */
  private void write(ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.hasRemaining()) {
      int slice =
          bytes.isDirect() ? bytes.remaining() : Math.min(bytes.remaining(), HEAP_SLICE_BYTES);
      bytes.limit(bytes.position() + slice);
      int taken = connection.bytes().write(bytes);
      bytes.limit(end);
      written += taken;
      if (taken < slice) {
        return;
      }
    }
  }
}
