package io.sounder.server.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * The socket as the library sees it. It bounds what one turn reads, since a peer can send records
 * for ever that bring no data; it keeps the farewell until the socket has taken it, since the
 * library would not try again; and it never closes the socket, which is the reactor's.
 */
final class Wire implements ByteChannel {
  /** As much as a turn reads without TLS, and what TLS adds to that. */
  static final int MOST_READ_PER_TURN = 288 << 10;

  private final SocketChannel socket;
  private int mayRead;
  private boolean hasMore;
  private boolean hasMoved;
  private boolean everRead;
  private boolean closing;
  private boolean sealed;
  private ByteBuffer rest; // of the farewell; null if there is none

  Wire(SocketChannel socket) {
    this.socket = socket;
  }

  void beginTurn() {
    mayRead = MOST_READ_PER_TURN;
    hasMore = false;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (mayRead <= 0) {
      hasMore = true;
      return 0;
    }
    int count = socket.read(into);
    hasMore = count > 0 && !into.hasRemaining();
    if (count > 0) {
      mayRead -= count;
      hasMoved = true;
      everRead = true;
    }
    return count;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    if (sealed) {
      bytes.position(bytes.limit());
      return count;
    }
    if (rest == null) {
      int taken = socket.write(bytes);
      hasMoved |= taken > 0;
      if (!closing) {
        return taken;
      }
    }
    keep(bytes);
    return count;
  }

  private void keep(ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return;
    }
    int before = rest == null ? 0 : rest.remaining();
    ByteBuffer all = ByteBuffer.allocate(before + bytes.remaining());
    if (rest != null) {
      all.put(rest);
    }
    rest = all.put(bytes).flip();
  }

  /** From now on what the socket does not take is kept: nothing but the farewell is to come. */
  void beginClosing() {
    closing = true;
  }

  /** Whether a part of the farewell waits for the socket. */
  boolean holdsRest() {
    return rest != null;
  }

  /** Writes what is kept, and says whether that was all. */
  boolean flushRest() throws IOException {
    if (rest != null) {
      hasMoved |= socket.write(rest) > 0;
      if (!rest.hasRemaining()) {
        rest = null;
      }
    }
    return rest == null;
  }

  /** From now on nothing goes out. */
  void seal() {
    sealed = true;
  }

  /** Whether the last read of the turn left something in the socket, as far as can be told. */
  boolean hasMore() {
    return hasMore;
  }

  /** Whether the peer has sent anything so far. */
  boolean everRead() {
    return everRead;
  }

  /** Whether bytes went either way since this was asked for the last time. */
  boolean pollMoved() {
    boolean moved = hasMoved;
    hasMoved = false;
    return moved;
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() {
    seal();
  }
}
