package io.sounder.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A client's connection and the one to the server that belongs to it. It belongs to the proxy's
 * thread until it is closed.
 *
 * <pre>
 *   PASSING ──both sides have ended──▶ CLOSED
 *      ├──CLOSE──▶ DISCARDING ──the client has ended──▶ CLOSED
 *      ├──BLACK_HOLE──▶ SILENT ──cut──▶ CLOSED
 *      └──RESET, or a side was reset──▶ CLOSED
 * </pre>
 */
final class Link {
  private enum State {
    PASSING,
    /** What the client still sends is read, so that closing does not become a reset. */
    DISCARDING,
    SILENT,
    CLOSED
  }

  private final SocketChannel client;
  private final SocketChannel server;
  private final Schedule schedule;
  private final Pipe up;
  private final Pipe down;
  private final SelectionKey clientKey;
  private final SelectionKey serverKey;
  private State state = State.PASSING;

  /** A link between two channels that are connected. */
  Link(SocketChannel client, SocketChannel server, Schedule schedule, Selector selector)
      throws IOException {
    this.client = client;
    this.server = server;
    this.schedule = schedule;
    this.up = new Pipe(client, server, schedule.up(), limit(false));
    this.down = new Pipe(server, client, schedule.down(), limit(true));
    this.clientKey = register(client, selector);
    this.serverKey = register(server, selector);
  }

  private long limit(boolean isDown) {
    return schedule.endsDown() == isDown ? schedule.endsAfterBytes() : Long.MAX_VALUE;
  }

  private static SelectionKey register(SocketChannel channel, Selector selector)
      throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // a slice is to be a segment
    channel.configureBlocking(false);
    return channel.register(selector, 0);
  }

  /** Does what can be done now. */
  void step(long nowNanos) {
    try {
      switch (state) {
        case PASSING -> pass(nowNanos);
        case DISCARDING -> discard();
        case SILENT, CLOSED -> {}
      }
    } catch (IOException e) {
      reset(); // one side was reset, so the other is too
    }
    if (state != State.CLOSED) {
      watch(nowNanos);
    }
  }

  private void pass(long nowNanos) throws IOException {
    up.step(nowNanos);
    down.step(nowNanos);
    if (up.isAtLimit() || down.isAtLimit()) {
      switch (schedule.ending()) {
        case CLOSE -> {
          client.shutdownOutput();
          server.close();
          state = State.DISCARDING;
        }
        case RESET -> reset();
        case BLACK_HOLE -> state = State.SILENT;
        case NONE -> throw new IllegalStateException("it has no limit");
      }
    } else if (up.hasEnded() && down.hasEnded()) {
      close();
    }
  }

  private void discard() throws IOException {
    ByteBuffer nobodys = ByteBuffer.allocate(Schedule.Pace.UNSLICED);
    int count;
    do {
      count = client.read(nobodys.clear());
    } while (count > 0);
    if (count < 0) {
      close();
    }
  }

  private void watch(long nowNanos) {
    boolean passing = state == State.PASSING;
    int clientReads = passing ? readOps(up) : state == State.DISCARDING ? SelectionKey.OP_READ : 0;
    clientKey.interestOps(clientReads | (passing ? writeOps(down, nowNanos) : 0));
    if (server.isOpen()) {
      serverKey.interestOps(passing ? readOps(down) | writeOps(up, nowNanos) : 0);
    }
  }

  private static int readOps(Pipe pipe) {
    return pipe.wantsToRead() ? SelectionKey.OP_READ : 0;
  }

  private static int writeOps(Pipe pipe, long nowNanos) {
    return pipe.wantsToWrite(nowNanos) ? SelectionKey.OP_WRITE : 0;
  }

  long waitNanos(long nowNanos) {
    return state == State.PASSING
        ? Math.min(up.waitNanos(nowNanos), down.waitNanos(nowNanos))
        : Long.MAX_VALUE;
  }

  /** Ends it at once, if it has not ended. */
  void cut() {
    if (state != State.CLOSED) {
      reset();
    }
  }

  private void reset() {
    try {
      for (SocketChannel channel : new SocketChannel[] {client, server}) {
        if (channel.isOpen()) {
          channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
      }
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void close() throws IOException {
    state = State.CLOSED;
    client.close();
    server.close();
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  Schedule schedule() {
    return schedule;
  }

  /** How many bytes the client was given; some of them may have been destroyed by a reset. */
  long bytesDown() {
    return down.passedBytes();
  }
}
