package io.sounder.client.net;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.tls.OwnServer;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Does once, with an echo service of our own, what is to be timed afterwards. Without it a connect
 * that takes 0.1 ms is shown as 8 ms, most of it Java loading the classes for it.
 */
public final class Rehearsal {
  private static final int BUFFER_BYTES = 1024;
  private static final String TLS_HOST = "localhost";
  private static final Dialer PLAIN = Dialer.standard(Wiring.PLAIN);

  private Rehearsal() {}

  /**
   * Rehearses. What fails here is not told: the real thing comes next.
   *
   * @param scheme of the real target
   * @param act given the target to rehearse with, and a dialer for it
   */
  public static void make(Scheme scheme, BiConsumer<TargetSpec, Dialer> act) {
    try {
      switch (scheme) {
        case TCP -> overTcp(act);
        case TLS -> overTls(act);
        case UDP -> overUdp(act);
        case UNIX -> overUnix(act);
      }
    } catch (IOException | GeneralSecurityException | ClientFailure e) {
      return; // such as a machine without loopback: the first time is then a little long
    }
  }

  private static void overTcp(BiConsumer<TargetSpec, Dialer> act) throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open().bind(anyLoopbackPort())) {
      start(() -> echoStream(listener));
      act.accept(self("tcp://" + Addresses.text(listener.getLocalAddress())), PLAIN);
    }
  }

  /** All of a handshake: a first one takes 240 ms and more here, one that was rehearsed 20. */
  private static void overTls(BiConsumer<TargetSpec, Dialer> act)
      throws IOException, GeneralSecurityException {
    OwnServer own = OwnServer.make(TLS_HOST);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket listener =
        own.server().getServerSocketFactory().createServerSocket(0, 1, loopback)) {
      start(() -> echoTls(listener));
      act.accept(
          self("tls://" + Addresses.text(listener.getLocalSocketAddress())),
          Dialer.standard(new Wiring(own.client(), null, Map.of())));
    }
  }

  private static void overUdp(BiConsumer<TargetSpec, Dialer> act) throws IOException {
    try (DatagramChannel socket = DatagramChannel.open().bind(anyLoopbackPort())) {
      start(() -> echoDatagrams(socket));
      act.accept(self("udp://" + Addresses.text(socket.getLocalAddress())), PLAIN);
    }
  }

  private static void overUnix(BiConsumer<TargetSpec, Dialer> act) throws IOException {
    Path folder = Files.createTempDirectory("sounder");
    Path file = folder.resolve("s");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(file));
      start(() -> echoStream(listener));
      act.accept(self("unix://" + file), PLAIN);
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

  private static void echoTls(ServerSocket listener) throws IOException {
    try (Socket peer = listener.accept()) {
      peer.getInputStream().transferTo(peer.getOutputStream());
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
