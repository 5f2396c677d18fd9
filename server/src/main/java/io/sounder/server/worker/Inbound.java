package io.sounder.server.worker;

import io.sounder.server.connection.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The way in for one thread: reads into the thread's buffer, or, where a connection holds the
 * beginning of a message, behind that. Only what is left over after decoding is copied and kept.
 */
final class Inbound {
  /**
   * The most that is read at once. A message of a MiB costs a third less CPU time than with a
   * quarter of it; with more, whoever waits for this thread would wait too long.
   */
  static final int LARGEST_READ = BufferPool.LARGEST_POOLED;

  /** The most that is read at once when much is held already. */
  static final int MODEST_READ = 64 << 10;

  /** The most that is read at once when most of what may be held is. */
  static final int SMALL_READ = 16 << 10;

  private static final int SMALLEST_ROOM = 4 << 10;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_READ);
  private final ByteBuffer nothing = ByteBuffer.allocate(0);
  private final BufferPool pool;
  private ByteBuffer current; // where the last read went, or what was held
  private boolean filled;

  Inbound(BufferPool pool) {
    this.pool = pool;
  }

  /** Whether the last read took as much as it had room for, so that there may be more. */
  boolean wasFilled() {
    return filled;
  }

  ByteBuffer nothing() {
    return nothing;
  }

  /** What the connection holds, to be decoded; empty if it holds nothing. */
  ByteBuffer held(Connection connection) {
    ByteBuffer input = connection.input();
    current = input == null ? nothing : input.flip();
    return current;
  }

  /**
   * Reads once.
   *
   * @return how many bytes, 0 if there are none now, -1 at the end of the stream
   */
  int read(Connection connection) throws IOException {
    ByteBuffer input = connection.input();
    if (input == null) {
      buffer.clear().limit(largestRead());
      int count = connection.bytes().read(buffer);
      filled = !buffer.hasRemaining() || mayHaveMore(connection);
      current = buffer.flip();
      return count;
    }
    input = withRoom(connection, input);
    input.limit(Math.min(input.capacity(), input.position() + largestRead()));
    int count = connection.bytes().read(input);
    filled = !input.hasRemaining() || mayHaveMore(connection);
    input.limit(input.capacity());
    if (count > 0) {
      current = input.flip();
    }
    return count;
  }

  private static boolean mayHaveMore(Connection connection) {
    return connection.tls() != null && connection.tls().mayHaveMore();
  }

  /** What a peer does not take back has to be kept, so less is read when much is kept already. */
  private int largestRead() {
    if (pool.hasSpare(LARGEST_READ)) {
      return LARGEST_READ;
    }
    return pool.isTight() ? SMALL_READ : MODEST_READ;
  }

  /** What the last read gave, behind what was held before it. */
  ByteBuffer received() {
    return current;
  }

  /**
   * Makes room for more of the message that has begun, growing with what has arrived and not with
   * what was announced.
   */
  private ByteBuffer withRoom(Connection connection, ByteBuffer input) {
    if (input.hasRemaining()) {
      return input;
    }
    input.flip();
    int needed = connection.decoder().bytesNeeded(input);
    input.position(input.limit()).limit(input.capacity());
    int roomy = Math.max(SMALLEST_ROOM, 2 * input.capacity());
    boolean known = needed > input.position() + 1;
    ByteBuffer larger = pool.grow(input, known ? Math.min(needed, roomy) : roomy);
    connection.input(larger);
    return larger;
  }

  /** Keeps what was not decoded with the connection, or nothing if it will not be looked at. */
  void keepRest(Connection connection, boolean discardIt) {
    ByteBuffer input = connection.input();
    boolean wasHeld = input != null;
    if (discardIt || !current.hasRemaining()) {
      if (wasHeld) {
        connection.input(null);
        pool.give(input);
      }
    } else if (wasHeld) {
      keepRestOfHeld(connection, input);
    } else {
      connection.input(pool.take(current.remaining()).put(current));
    }
  }

  /**
   * Moves the rest to the front, or, where a large buffer has little left in it, to a small one.
   */
  private void keepRestOfHeld(Connection connection, ByteBuffer input) {
    if (input.capacity() > MODEST_READ && input.remaining() <= input.capacity() / 4) {
      connection.input(pool.take(input.remaining()).put(input));
      pool.give(input);
    } else {
      input.compact();
    }
  }

  /**
   * Reads once, puts it behind what is held and decodes nothing; not at all where a read's worth is
   * held already, or much by others.
   *
   * @return how many bytes, 0 if there are none now, -1 at the end of the stream
   */
  int readAhead(Connection connection) throws IOException {
    ByteBuffer input = connection.input();
    boolean holdsMuch = input != null && input.position() >= LARGEST_READ;
    if (holdsMuch || !pool.hasSpare(LARGEST_READ)) {
      return 0;
    }
    int count = connection.bytes().read(buffer.clear().limit(MODEST_READ));
    if (count > 0) {
      keepBehind(connection, buffer.flip());
      connection.undecoded(true);
    }
    return count;
  }

  private void keepBehind(Connection connection, ByteBuffer bytes) {
    ByteBuffer input = connection.input();
    if (input == null) {
      input = pool.take(bytes.remaining());
    } else if (input.remaining() < bytes.remaining()) {
      input = pool.grow(input, input.position() + bytes.remaining());
    }
    connection.input(input.put(bytes));
  }

  /**
   * Reads once from the socket itself and forgets it: what comes after our end is not looked at.
   */
  int discard(Connection connection) throws IOException {
    buffer.clear();
    return connection.channel().read(buffer);
  }
}
