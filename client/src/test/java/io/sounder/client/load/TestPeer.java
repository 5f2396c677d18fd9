package io.sounder.client.load;

import io.sounder.protocol.endpoint.Scheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server in the test: reads requests of a known size, and leaves the answer to the test. A thread
 * for each connection, real sockets.
 */
final class TestPeer implements AutoCloseable {
  /** What is done about a request; called on the connection's thread. */
  interface Behaviour {
    /**
     * Answers.
     *
     * @param number of the request among all of this peer's, from 1
     */
    void answer(long number, byte[] request, Port port) throws IOException;
  }

  /** Where answers go. */
  interface Port {
    void send(byte[] bytes) throws IOException;

    /** Closes the connection; with a reset if asked. */
    default void close(boolean reset) throws IOException {
      throw new UnsupportedOperationException();
    }
  }

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "test-peer");
            thread.setDaemon(true);
            return thread;
          });
  private final Queue<String> endings = new ConcurrentLinkedQueue<>();
  private final AtomicLong requests = new AtomicLong();
  private final Scheme scheme;
  private final int requestBytes;
  private final byte[] greeting;
  private final Behaviour behaviour;
  private final Path folder;
  private final ServerSocketChannel server;
  private final DatagramChannel socket;

  TestPeer(Scheme scheme, int requestBytes, Behaviour behaviour) throws IOException {
    this(scheme, requestBytes, new byte[0], behaviour, 1024);
  }

  TestPeer(Scheme scheme, int requestBytes, Behaviour behaviour, int backlog) throws IOException {
    this(scheme, requestBytes, new byte[0], behaviour, backlog);
  }

  TestPeer(Scheme scheme, int requestBytes, byte[] greeting, Behaviour behaviour)
      throws IOException {
    this(scheme, requestBytes, greeting, behaviour, 1024);
  }

  private TestPeer(
      Scheme scheme, int requestBytes, byte[] greeting, Behaviour behaviour, int backlog)
      throws IOException {
    this.scheme = scheme;
    this.requestBytes = requestBytes;
    this.greeting = greeting;
    this.behaviour = behaviour;
    this.folder = Files.createTempDirectory("peer");
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (scheme == Scheme.UDP) {
      server = null;
      socket = DatagramChannel.open().bind(loopback);
      start(this::answerDatagrams);
    } else {
      socket = null;
      server =
          scheme == Scheme.TCP
              ? ServerSocketChannel.open().bind(loopback, backlog)
              : ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                  .bind(UnixDomainSocketAddress.of(folder.resolve("s")), backlog);
      start(this::accept);
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  /** A task ends when a socket is closed, by us or by the other side. */
  private void start(Task task) {
    threads.execute(
        () -> {
          try {
            task.run();
          } catch (IOException e) {
            endings.add(e.toString());
          }
        });
  }

  /** The target, without keys. */
  String url() throws IOException {
    return switch (scheme) {
      case UNIX -> "unix://" + folder.resolve("s");
      case TCP, TLS -> "tcp://127.0.0.1:" + port(server.getLocalAddress());
      case UDP -> "udp://127.0.0.1:" + port(socket.getLocalAddress());
    };
  }

  private static int port(SocketAddress address) {
    return ((InetSocketAddress) address).getPort();
  }

  private void accept() throws IOException {
    while (true) {
      SocketChannel connection = server.accept();
      start(() -> serve(connection));
    }
  }

  private void serve(SocketChannel connection) throws IOException {
    Port port =
        new Port() {
          @Override
          public void send(byte[] bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            synchronized (connection) {
              while (buffer.hasRemaining()) {
                connection.write(buffer);
              }
            }
          }

          @Override
          public void close(boolean reset) throws IOException {
            if (reset) {
              connection.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            connection.close();
          }
        };
    port.send(greeting);
    while (connection.isOpen()) {
      ByteBuffer request = ByteBuffer.allocate(requestBytes);
      while (request.hasRemaining()) {
        if (connection.read(request) < 0) {
          connection.close();
          return;
        }
      }
      behaviour.answer(requests.incrementAndGet(), request.array(), port);
    }
  }

  private void answerDatagrams() throws IOException {
    while (true) {
      ByteBuffer request = ByteBuffer.allocate(65_536);
      SocketAddress source = socket.receive(request);
      byte[] bytes = new byte[request.flip().remaining()];
      request.get(bytes);
      behaviour.answer(
          requests.incrementAndGet(), bytes, reply -> socket.send(ByteBuffer.wrap(reply), source));
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    if (server != null) {
      server.close();
    }
    if (socket != null) {
      socket.close();
    }
    Files.deleteIfExists(folder.resolve("s"));
    Files.delete(folder);
  }
}
