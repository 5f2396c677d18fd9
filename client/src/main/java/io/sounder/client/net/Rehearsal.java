package io.sounder.client.net;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/**
 * Does once, with an echo service of our own on loopback, what is to be timed afterwards. Without
 * it a connect that takes 0.1 ms is shown as 8 ms, most of it Java loading the classes for it.
 */
public final class Rehearsal {
  private static final int BUFFER_BYTES = 1024;

  private Rehearsal() {}

  /**
   * Rehearses. What fails here is not told: the real thing comes next.
   *
   * @param scheme of the real target: {@code udp}, or any other for a stream
   * @param act given the target on loopback
   */
  public static void make(Scheme scheme, Consumer<TargetSpec> act) {
    SocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (scheme.isStream()) {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(loopback)) {
          start(() -> echoStream(listener));
          act.accept(self("tcp", listener.getLocalAddress()));
        }
      } else {
        try (DatagramChannel socket = DatagramChannel.open().bind(loopback)) {
          start(() -> echoDatagrams(socket));
          act.accept(self("udp", socket.getLocalAddress()));
        }
      }
    } catch (IOException | ClientFailure e) {
      return; // a machine without loopback: the first time is then a little long
    }
  }

  private static TargetSpec self(String scheme, SocketAddress address) {
    return TargetSpec.parse(scheme + "://" + Addresses.text(address) + "?reply=echo");
  }

  private interface Service {
    void serve() throws IOException;
  }

  private static void start(Service service) {
    Thread thread =
        new Thread(
            () -> {
              try {
                service.serve();
              } catch (IOException e) {
                return; // closed: the rehearsal is over
              }
            },
            "rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private static void echoStream(ServerSocketChannel listener) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (SocketChannel peer = listener.accept()) {
      while (peer.read(buffer) >= 0) {
        peer.write(buffer.flip());
        buffer.clear();
      }
    }
  }

  private static void echoDatagrams(DatagramChannel socket) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (true) {
      SocketAddress peer = socket.receive(buffer);
      socket.send(buffer.flip(), peer);
      buffer.clear();
    }
  }
}
