package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.Addresses;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ProxyHeaders;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.Transport;
import io.sounder.server.listener.ConfigurationException;
import io.sounder.server.metrics.Counters;
import io.sounder.server.watch.StallPolicy;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For whom a proxy speaks is who is served, on every transport and whoever does the work. */
@Timeout(60)
class ProxiedPeersTest {
  private static final String V6 =
      "20010db8000000000000000000000001 00000000000000000000000000000001 0005 01bb";
  private static final String MAPPED =
      "00000000000000000000ffffcb007109 00000000000000000000ffffc0000201 0005 01bb";

  /** A header, with the peer and the own address that it makes; null for the socket's own. */
  static Stream<Arguments> headers() {
    return Stream.of(Transport.values())
        .flatMap(
            transport ->
                Stream.of(
                    Arguments.of(
                        transport, ProxyHeaders.v1(), "203.0.113.9:56324", "192.0.2.1:443"),
                    Arguments.of(
                        transport, ProxyHeaders.v2(), "203.0.113.9:56324", "192.0.2.1:443"),
                    Arguments.of(
                        transport,
                        ProxyHeaders.from("2001:db8::1"),
                        "[2001:db8::1]:5",
                        "[::1]:443"),
                    Arguments.of(
                        transport,
                        ProxyHeaders.binary(0x21, 0x21, V6),
                        "[2001:db8::1]:5",
                        "[::1]:443"),
                    Arguments.of(
                        transport,
                        ProxyHeaders.binary(0x21, 0x21, MAPPED),
                        "203.0.113.9:5",
                        "192.0.2.1:443"),
                    Arguments.of(
                        transport,
                        ProxyHeaders.binary(0x21, 0x31, "00".repeat(216)),
                        "unix",
                        "unix"),
                    Arguments.of(transport, ProxyHeaders.text("PROXY UNKNOWN\r\n"), null, null),
                    Arguments.of(transport, ProxyHeaders.binary(0x20, 0, ""), null, null)));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void isWhoTheServiceSaysItSpeaksTo(
      Transport transport, byte[] header, String peerText, String localText) throws Exception {
    String keys = "proxy-protocol=required&framing=line&reply=whoami&greeting={peer} {local}%0A";
    try (RunningServer server = RunningServer.on(transport.listener(keys));
        Peer peer = server.connect()) {
      String expectedPeer =
          peerText != null ? peerText : Addresses.text(peer.channel().getLocalAddress());
      String expectedLocal =
          localText != null ? localText : Addresses.text(peer.channel().getRemoteAddress());
      peer.sendBeforeTls(header).send("?\n").shutdownOutput();
      String[] said = peer.readTextToEnd().split("\n", -1);
      assertEquals(expectedPeer + " " + expectedLocal, said[0]);
      assertTrue(
          said[1].startsWith(
              "{\"peer\":\"" + expectedPeer + "\",\"local\":\"" + expectedLocal + "\","),
          said[1]);
      server.awaitClosed(CloseReason.PEER_CLOSED, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isToldWithEachMessageThatIsShown(boolean assist) throws Exception {
    BlockingQueue<String> shown = new ArrayBlockingQueue<>(10);
    ServerOptions options =
        ServerOptions.of(ListenerSpec.parse("tcp://127.0.0.1:0?proxy-protocol=required"))
            .withAssist(assist);
    Server server =
        Server.start(
            options,
            new Counters(),
            (listener, peer, message) -> shown.add(peer.text() + " " + message.remaining()),
            StallPolicy.warning());
    try (Peer peer = Peer.connect(server.endpoints().get(0))) {
      peer.send(ProxyHeaders.v1()).send("hello");
      assertEquals("hello", peer.readText(5));
      assertEquals("203.0.113.9:56324 5", shown.poll(10, TimeUnit.SECONDS));
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://0.0.0.0:0", "tcp://:0", "tcp://[::]:0"})
  void mustBeNamedByProxiesThatAreKnownBeyondLoopback(String place) throws Exception {
    String listener = place + "?proxy-protocol=required";
    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> RunningServer.on(listener).close());
    assertTrue(
        refusal.getMessage().startsWith(listener + ": proxy-protocol=required on a listener"),
        refusal.getMessage());
    assertTrue(refusal.getMessage().contains("needs proxy-from="), refusal.getMessage());
    RunningServer.on(listener + "&proxy-from=127.0.0.1").close();
  }

  @Test
  void doesNotCountAmongTheMessages() throws Exception {
    try (RunningServer server =
            RunningServer.on("tcp://127.0.0.1:0?proxy-protocol=required&close-after=1&reply=ok");
        Peer peer = server.connect()) {
      peer.send(ProxyHeaders.v2()).send("x");
      assertEquals("OK...x", peer.readTextToEnd());
      server.awaitClosed(CloseReason.CLOSE_AFTER, 1);
      assertEquals(1, server.messages());
    }
  }
}
