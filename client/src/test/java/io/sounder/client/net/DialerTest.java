package io.sounder.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.Loopback;
import io.sounder.client.fixture.StreamServer;
import io.sounder.client.fixture.StreamServer.Transport;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.TargetSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DialerTest {
  @ParameterizedTest
  @EnumSource
  void connectsOverEachStreamTransport(Transport transport) throws IOException {
    try (StreamServer server = StreamServer.start(transport, StreamServer.Peer::echo);
        StreamConnection connection = connect(server.target())) {
      assertTrue(
          server.target().endsWith(Addresses.text(connection.remoteAddress())),
          () -> Addresses.text(connection.remoteAddress()) + " is " + server.target());
    }
  }

  @Test
  void triesTheNextAddressWhenOneRefuses() throws IOException {
    try (StreamServer server = StreamServer.tcp(StreamServer.Peer::echo)) {
      TargetSpec target = TargetSpec.parse(server.target());
      SocketAddress good = Resolver.resolve(target.endpoint()).get(0);

      try (SocketChannel connected = plain().connect(target, List.of(closedPort(), good))) {
        assertEquals(good, connected.getRemoteAddress());
      }
    }
  }

  @Test
  void saysWhichAddressesWereTriedWhenAllRefuse() throws IOException {
    TargetSpec target = TargetSpec.parse("tcp://127.0.0.1:7");
    InetSocketAddress first = closedPort();
    InetSocketAddress second = closedPort();

    ClientFailure failure =
        assertThrows(ClientFailure.class, () -> plain().connect(target, List.of(first, second)));

    assertEquals(ErrorClass.REFUSED, failure.errorClass());
    assertTrue(
        failure
            .getMessage()
            .endsWith("tried " + Addresses.text(first) + ", " + Addresses.text(second)),
        failure.getMessage());
  }

  @Test
  void aFullBacklogIsAConnectTimeoutAndNotARefusal() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, Loopback.V4)) {
      List<SocketChannel> waiting = fill(full.getLocalSocketAddress());
      TargetSpec target = TargetSpec.parse("tcp://127.0.0.1:" + full.getLocalPort());

      ClientFailure failure =
          assertThrows(
              ClientFailure.class,
              () -> new Dialer(NanoClock.SYSTEM, 300_000_000L, Wiring.PLAIN).connect(target));

      assertEquals(ErrorClass.CONNECT_TIMEOUT, failure.errorClass());
      assertEquals(3, failure.exitCode());
      assertTrue(failure.getMessage().contains("after 300ms"), failure.getMessage());
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void aFullQueueOfAUnixSocketIsWaitedFor(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("full.sock");
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(file);
    TargetSpec target = TargetSpec.parse("unix://" + file);
    try (ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      full.bind(address, 1);
      try (SocketChannel first = SocketChannel.open(address);
          SocketChannel second = SocketChannel.open(address)) {
        assertTrue(first.isConnected() && second.isConnected(), "the queue is full now");

        ClientFailure failure =
            assertThrows(
                ClientFailure.class,
                () -> new Dialer(NanoClock.SYSTEM, 100_000_000L, Wiring.PLAIN).connect(target));
        assertEquals(ErrorClass.CONNECT_TIMEOUT, failure.errorClass());

        CompletableFuture<StreamConnection> waiting =
            CompletableFuture.supplyAsync(() -> plain().connect(target));
        full.accept().close();
        waiting.join().close();
      }
    }
  }

  /** More connects than the kernel queues; those that it does not queue stay pending. */
  private static List<SocketChannel> fill(SocketAddress address) throws IOException {
    List<SocketChannel> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(address);
      waiting.add(channel);
    }
    return waiting;
  }

  @Test
  void aMissingSocketFileAndARegularFileAreRefusals(@TempDir Path folder) throws IOException {
    Path regular = Files.writeString(folder.resolve("file"), "no socket");

    assertEquals(ErrorClass.REFUSED, failureOf("unix://" + folder.resolve("none")));
    assertEquals(ErrorClass.REFUSED, failureOf("unix://" + regular));
  }

  @Test
  void aNameThatDoesNotResolveIsAnUnknownHost() {
    assertEquals(ErrorClass.UNKNOWN_HOST, failureOf("tcp://no-such-host.invalid:7"));
  }

  @Test
  void aZoneThatIsNoInterfaceIsAnUnknownHost() {
    assertEquals(ErrorClass.UNKNOWN_HOST, failureOf("tcp://[fe80::1%25nosuch0]:7"));
  }

  @Test
  void setsTheOptionsThatTheTargetAsksFor() throws IOException {
    try (StreamServer server = StreamServer.tcp(StreamServer.Peer::echo);
        StreamConnection plain = connect(server.target());
        StreamConnection asked =
            connect(server.target() + "?nodelay=off&keepalive=off&linger=3s&rcvbuf=32KiB")) {
      assertEquals(true, plain.channel().getOption(StandardSocketOptions.TCP_NODELAY));
      assertEquals(true, plain.channel().getOption(StandardSocketOptions.SO_KEEPALIVE));
      assertEquals(false, asked.channel().getOption(StandardSocketOptions.TCP_NODELAY));
      assertEquals(false, asked.channel().getOption(StandardSocketOptions.SO_KEEPALIVE));
      assertEquals(3, asked.channel().getOption(StandardSocketOptions.SO_LINGER));
      int receiveBufferBytes = asked.channel().getOption(StandardSocketOptions.SO_RCVBUF);
      assertTrue(
          receiveBufferBytes >= 32 << 10 && receiveBufferBytes <= 64 << 10,
          "Linux doubles what is asked for: " + receiveBufferBytes);
    }
  }

  private static Dialer plain() {
    return Dialer.standard(Wiring.PLAIN);
  }

  private static StreamConnection connect(String target) {
    return plain().connect(TargetSpec.parse(target));
  }

  private static ErrorClass failureOf(String target) {
    return assertThrows(ClientFailure.class, () -> connect(target)).errorClass();
  }

  private static InetSocketAddress closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, Loopback.V4)) {
      return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }
  }
}
