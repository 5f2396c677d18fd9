package io.sounder.systems;

import io.sounder.systems.Wire.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/**
 * Stands between one client and a UDP server, and writes down the datagrams that it forwards. It
 * writes down before it forwards. A thread serves each direction.
 */
final class DatagramRelay implements AutoCloseable {
  private static final int LARGEST_DATAGRAM = 65_535;

  private final DatagramChannel front = DatagramChannel.open();
  private final DatagramChannel upstream = DatagramChannel.open();
  private final AtomicReference<SocketAddress> client = new AtomicReference<>();
  private final Wire wire = new Wire();

  /** A relay on a free port of 127.0.0.1. */
  DatagramRelay(InetSocketAddress server) throws IOException {
    front.bind(Loopback.port(0));
    upstream.bind(Loopback.port(0));
    start(() -> forward(Side.CLIENT, front, () -> server), "from client");
    start(() -> forward(Side.SERVER, upstream, client::get), "from server");
  }

  int port() throws IOException {
    return ((InetSocketAddress) front.getLocalAddress()).getPort();
  }

  /** What was forwarded, once it is as many datagrams as there should be, or more. */
  Wire whole(int count) {
    Awaitility.await()
        .atMost(Program.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> wire.size() >= count);
    return wire;
  }

  private void forward(Side side, DatagramChannel from, Destination to) {
    ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
    try {
      while (true) {
        SocketAddress source = from.receive(buffer.clear());
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(0, bytes);
        if (side == Side.CLIENT) {
          client.set(source);
        }
        wire.datagram(side, bytes);
        (side == Side.CLIENT ? upstream : front).send(buffer, to.address());
      }
    } catch (AsynchronousCloseException e) {
      return; // the relay was closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    front.close();
    upstream.close();
  }

  /** Where a direction leads. */
  private interface Destination {
    SocketAddress address();
  }
}
