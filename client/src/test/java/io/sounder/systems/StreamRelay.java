package io.sounder.systems;

import static org.junit.jupiter.api.Assertions.fail;

import io.sounder.systems.Wire.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands between clients and a stream server, and writes down what it forwards: bytes, ends and
 * resets. It writes down before it forwards, so an answer never stands before its question. A
 * thread accepts, and each connection has one for each direction.
 */
final class StreamRelay implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final SocketAddress server;
  private final ServerSocketChannel front;
  private final List<Connection> connections = new ArrayList<>();

  private StreamRelay(SocketAddress server, ServerSocketChannel front) {
    this.server = server;
    this.front = front;
    start(this::accept, "relay");
  }

  /** A relay on a free port of 127.0.0.1. */
  static StreamRelay before(SocketAddress server) throws IOException {
    return at(Loopback.port(0), server);
  }

  /** A relay on an address of its own, of whatever family. */
  static StreamRelay at(SocketAddress own, SocketAddress server) throws IOException {
    ServerSocketChannel front =
        own instanceof InetSocketAddress
            ? ServerSocketChannel.open()
            : ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return new StreamRelay(server, front.bind(own));
  }

  int port() throws IOException {
    return ((InetSocketAddress) front.getLocalAddress()).getPort();
  }

  /** The connection that was accepted as the n-th, from 0. Waits for it. */
  synchronized Connection connection(int n) throws InterruptedException {
    long deadline = System.nanoTime() + Program.PATIENCE.toNanos();
    while (connections.size() <= n) {
      long leftNanos = deadline - System.nanoTime();
      if (leftNanos <= 0) {
        return fail("only " + connections.size() + " clients have connected, not " + (n + 1));
      }
      TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
    }
    return connections.get(n);
  }

  private void accept() {
    try {
      while (true) {
        Connection connection = new Connection(front.accept());
        synchronized (this) {
          connections.add(connection);
          notifyAll();
        }
        connection.start();
      }
    } catch (AsynchronousCloseException e) {
      return; // the relay was closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
    synchronized (this) {
      connections.forEach(Connection::close);
    }
  }

  private static void start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** One client's connection and the one to the server that belongs to it. */
  final class Connection {
    private final SocketChannel client;
    private final SocketChannel upstream;
    private final SocketAddress clientAddress;
    private final SocketAddress addressAtServer;
    private final Wire wire = new Wire();
    private final CountDownLatch directionsLeft = new CountDownLatch(2);

    private Connection(SocketChannel client) throws IOException {
      this.client = client;
      this.clientAddress = client.getRemoteAddress();
      this.upstream = SocketChannel.open(server);
      this.addressAtServer = upstream.getLocalAddress();
    }

    private void start() {
      StreamRelay.start(() -> forward(Side.CLIENT, client, upstream), "from client");
      StreamRelay.start(() -> forward(Side.SERVER, upstream, client), "from server");
    }

    /** The port that the client has. */
    int clientPort() {
      return ((InetSocketAddress) clientAddress).getPort();
    }

    /** The port that the server sees. */
    int portAtServer() {
      return ((InetSocketAddress) addressAtServer).getPort();
    }

    /** What was forwarded until now. */
    Wire soFar() {
      return wire;
    }

    /** What was forwarded, once both sides have ended. */
    Wire whole() throws InterruptedException {
      if (!directionsLeft.await(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return fail("not both sides have ended:\n" + wire);
      }
      return wire;
    }

    private void forward(Side side, SocketChannel from, SocketChannel to) {
      try {
        copy(side, from, to);
        wire.ends(side);
        endOutput(to);
      } catch (ClosedChannelException e) {
        return; // the other direction was reset, or the relay was closed
      } catch (IOException e) {
        wire.resets(side);
        reset(to);
      } finally {
        directionsLeft.countDown();
        if (directionsLeft.getCount() == 0) {
          close();
        }
      }
    }

    private void copy(Side side, SocketChannel from, SocketChannel to) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (from.read(buffer.clear()) >= 0) {
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(0, bytes);
        wire.bytes(side, bytes);
        write(buffer, to);
      }
    }

    /** A side that takes no more is written down by the direction that reads from it. */
    private void write(ByteBuffer buffer, SocketChannel to) {
      try {
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      } catch (IOException e) {
        buffer.position(buffer.limit());
      }
    }

    private void endOutput(SocketChannel channel) {
      try {
        channel.shutdownOutput();
      } catch (IOException e) {
        return; // it is gone, which the direction that reads from it writes down
      }
    }

    private void reset(SocketChannel channel) {
      try (channel) {
        if (channel.isOpen() && channel.getRemoteAddress() instanceof InetSocketAddress) {
          channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void close() {
      try {
        client.close();
        upstream.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
