package io.sounder.client.net;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Does once, with an echo service of our own, what is to be timed afterwards. Without it a connect
 * that takes 0.1 ms is shown as 8 ms, most of it Java loading the classes for it.
 */
public final class Rehearsal {
  private static final int BUFFER_BYTES = 1024;

  private Rehearsal() {}

  /**
   * Rehearses. What fails here is not told: the real thing comes next.
   *
   * @param scheme of the real target
   * @param act given the target to rehearse with
   */
  public static void make(Scheme scheme, Consumer<TargetSpec> act) {
    try {
      switch (scheme) {
        case TCP -> overTcp(act);
        case UDP -> overUdp(act);
        case UNIX -> overUnix(act);
      }
    } catch (IOException | ClientFailure e) {
      return; // a machine without loopback: the first time is then a little long
    }
  }

  private static void overTcp(Consumer<TargetSpec> act) throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open().bind(anyLoopbackPort())) {
      start(() -> echoStream(listener));
      act.accept(self("tcp://" + Addresses.text(listener.getLocalAddress())));
    }
  }

  private static void overUdp(Consumer<TargetSpec> act) throws IOException {
    try (DatagramChannel socket = DatagramChannel.open().bind(anyLoopbackPort())) {
      start(() -> echoDatagrams(socket));
      act.accept(self("udp://" + Addresses.text(socket.getLocalAddress())));
    }
  }

  private static void overUnix(Consumer<TargetSpec> act) throws IOException {
    Path folder = Files.createTempDirectory("sounder");
    Path file = folder.resolve("s");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(file));
      start(() -> echoStream(listener));
      act.accept(self("unix://" + file));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static SocketAddress anyLoopbackPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static TargetSpec self(String endpoint) {
    return TargetSpec.parse(endpoint + "?reply=echo");
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
