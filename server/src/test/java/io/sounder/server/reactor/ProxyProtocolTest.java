package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Refusal;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ProxyHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that begin with a PROXY header, step by step: when it comes, and when it does not.
 */
@Timeout(20)
class ProxyProtocolTest {
  private static final String LISTENER = "tcp://127.0.0.1:0?proxy-protocol=required&";
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  static Stream<byte[]> headers() {
    return Stream.of(
        ProxyHeaders.v1(), ProxyHeaders.v2(), ProxyHeaders.binary(0x21, 0x00, ""), longHeader());
  }

  private static byte[] longHeader() {
    return ProxyHeaders.ofLength(3000); // more than the smallest buffer that a connection keeps
  }

  @ParameterizedTest
  @MethodSource("headers")
  void takesAHeaderWhereverItIsCutAndAnswersWhatFollows(byte[] header) throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER + "framing=line&reply=ok")) {
      byte[] all = ProxyHeaders.then(header, "a\nb\n");
      int step = Math.max(1, all.length / 60);
      int rounds = 0;
      for (int cut = 1; cut < all.length; cut += step) {
        try (Peer peer = server.connect()) {
          send(server, peer, Arrays.copyOf(all, cut));
          send(server, peer, Arrays.copyOfRange(all, cut, all.length));
          long replies = 2L * ++rounds;
          server.stepUntil("answered", () -> server.tally().replies() == replies);
          assertEquals("OK...a\nOK...b\n", peer.readText(14));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("headers")
  void takesAHeaderByteByByte(byte[] header) throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER + "greeting=hello");
        Peer peer = server.connect()) {
      for (byte b : Arrays.copyOf(header, header.length - 1)) {
        send(server, peer, new byte[] {b});
      }
      assertEquals(0, server.tally().bytesSent(), "not a word before it is whole");
      peer.send(new byte[] {header[header.length - 1]});
      server.stepUntil("greeted", () -> server.tally().bytesSent() == 5);
      assertEquals("hello", peer.readText(5));
    }
  }

  static Stream<Arguments> malformed() {
    byte[] cutOff = Arrays.copyOf(ProxyHeaders.v2(), 20);
    return Stream.of(
        Arguments.of("no header", ProxyHeaders.text("hello\r\n"), false),
        Arguments.of("a TLS handshake", new byte[] {22, 3, 1, 2, 0, 1, 0}, false),
        Arguments.of(
            "v1: a protocol", ProxyHeaders.text("PROXY UDP4 1.1.1.1 2.2.2.2 1 1\r\n"), false),
        Arguments.of(
            "v1: an address", ProxyHeaders.text("PROXY TCP4 1.1.1 2.2.2.2 1 1\r\n"), false),
        Arguments.of("v1: too long", ProxyHeaders.text("PROXY UNKNOWN " + "x".repeat(99)), false),
        Arguments.of("v1: cut off", ProxyHeaders.text("PROXY TCP4 1.1.1.1 2.2"), true),
        Arguments.of("v2: a version", ProxyHeaders.binary(0x31, 0x11, "00".repeat(12)), false),
        Arguments.of("v2: a command", ProxyHeaders.binary(0x2f, 0x11, "00".repeat(12)), false),
        Arguments.of("v2: a family", ProxyHeaders.binary(0x21, 0x44, "00".repeat(12)), false),
        Arguments.of("v2: too short", ProxyHeaders.binary(0x21, 0x21, "00".repeat(12)), false),
        Arguments.of("v2: too long", ProxyHeaders.ofLength(16 + 4097), false),
        Arguments.of("v2: cut off", cutOff, true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void closesWithoutAWordWhatBeginsWithNoGoodHeaderAndCountsIt(
      String kind, byte[] header, boolean thenEnd) throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER + "greeting=hello");
        Peer peer = server.connect()) {
      peer.send(header);
      if (thenEnd) {
        peer.shutdownOutput();
      }
      assertEnds(server, peer, CloseReason.PROXY_HEADER);
    }
  }

  @Test
  void takesAPeerThatOnlyLooksForOneThatLeft() throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER + "greeting=hello");
        Peer peer = server.connect()) {
      peer.shutdownOutput();
      assertEnds(server, peer, CloseReason.PEER_CLOSED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "message-timeout=2s,                           2",
    "framing=line&message-timeout=3s,              3",
    "framing=line&message-timeout=off&greeting=hi, 10",
    "greeting=hi,                                  30"
  })
  void closesWhoSendsNoHeaderInTime(String keys, int seconds) throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER + keys);
        Peer peer = server.connect()) {
      server.advance(Duration.ofSeconds(seconds).minusNanos(1));
      assertEquals(1, server.counters.open());
      server.moveOn(Duration.ofNanos(1));
      assertEnds(server, peer, CloseReason.PROXY_TIMEOUT);
    }
  }

  @Test
  void givesNoMoreTimeToAHeaderThatDribbles() throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER + "message-timeout=10s");
        Peer peer = server.connect()) {
      for (int i = 0; i < 10; i++) {
        send(server, peer, new byte[] {ProxyHeaders.v1()[i]});
        server.advance(A_SECOND);
      }
      assertEnds(server, peer, CloseReason.PROXY_TIMEOUT);
    }
  }

  @Test
  void givesAMessageItsOwnTimeAfterTheHeader() throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER + "framing=line&message-timeout=3s");
        Peer peer = server.connect()) {
      server.advance(A_SECOND.multipliedBy(2));
      send(server, peer, ProxyHeaders.then(ProxyHeaders.v2(), "a"));
      server.advance(A_SECOND.multipliedBy(2));
      send(server, peer, ProxyHeaders.text("b\n"));
      server.stepUntil("answered", () -> server.tally().replies() == 1);
      assertEquals("ab\n", peer.readText(3));
      server.advance(Duration.ofSeconds(100));
      assertEquals(1, server.counters.open());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.9", "::ffff:203.0.113.9", "2001:db8::1"})
  void servesAPeerThatIsAllowedThroughAProxyThatIsNot(String peerAddress) throws Exception {
    try (SteppedReactor server =
            new SteppedReactor(LISTENER + "allow=203.0.113.0/24,2001:db8::/32");
        Peer peer = server.connect()) {
      peer.send(ProxyHeaders.from(peerAddress)).send("hi");
      server.stepUntil("echoed", () -> server.tally().bytesSent() == 2);
      assertEquals("hi", peer.readText(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"198.51.100.1", "::ffff:198.51.100.1", "127.0.0.1", "::1"})
  void closesAPeerThatIsNotAllowedWithoutAWordAndCountsIt(String peerAddress) throws Exception {
    try (SteppedReactor server =
            new SteppedReactor(LISTENER + "allow=203.0.113.0/24&greeting=hello");
        Peer peer = server.connect()) {
      peer.send(ProxyHeaders.from(peerAddress)).send("hi");
      assertEnds(server, peer, CloseReason.ACCESS);
    }
  }

  static Stream<Arguments> withoutAnAddress() {
    return Stream.of(
        Arguments.of("UNKNOWN", ProxyHeaders.text("PROXY UNKNOWN\r\n"), "127.0.0.1"),
        Arguments.of("LOCAL", ProxyHeaders.binary(0x20, 0x00, ""), "127.0.0.1"),
        Arguments.of("UNSPEC", ProxyHeaders.binary(0x21, 0x00, ""), "127.0.0.1"),
        Arguments.of("UNIX", ProxyHeaders.binary(0x21, 0x31, "00".repeat(216)), null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutAnAddress")
  void judgesAProxyThatSpeaksForItselfByItsOwnAddress(String kind, byte[] header, String allowed)
      throws Exception {
    for (String list : new String[] {"10.0.0.0/8", "127.0.0.1", ""}) {
      boolean served = list.isEmpty() || list.equals(allowed);
      String keys = list.isEmpty() ? "reply=ok" : "reply=ok&allow=" + list;
      try (SteppedReactor server = new SteppedReactor(LISTENER + keys);
          Peer peer = server.connect()) {
        peer.send(header).send("hi");
        if (served) {
          server.stepUntil("answered", () -> server.tally().replies() == 1);
          assertEquals("OK...hi", peer.readText(7));
        } else {
          assertEnds(server, peer, CloseReason.ACCESS);
        }
      }
    }
  }

  @Test
  void refusesAHeaderFromWhomMustNotSendOneBeforeAByteIsRead() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor(LISTENER + "proxy-from=10.0.0.0/8&allow=any&greeting=hello");
        Peer peer = server.connect()) {
      assertArrayEquals(new byte[0], peer.readToEnd());
      assertEquals(1, server.counters.refused(Refusal.PROXY_SOURCE));
      assertEquals(0, server.tally().bytesReceived());
    }
  }

  @Test
  void limitsConnectionsOfThePeerAndNotOfTheProxy() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor(LISTENER + "max-connections-per-ip=1&greeting=hello");
        Peer first = server.connect();
        Peer second = server.connect();
        Peer other = server.connect()) {
      first.send(ProxyHeaders.from("203.0.113.9"));
      server.stepUntil("greeted", () -> server.tally().bytesSent() == 5);
      other.send(ProxyHeaders.from("203.0.113.10"));
      server.stepUntil("greeted", () -> server.tally().bytesSent() == 10);
      second.send(ProxyHeaders.from("203.0.113.9"));
      server.stepUntil("refused", () -> server.tally().bytesReceived() == 3 * 40 + 1);
      server.step();
      server.step();
      assertArrayEquals(new byte[0], second.readToEnd());
      second.leave();
      server.stepUntil("closed", () -> server.counters.closed() == 1);
      assertEquals(1, server.counters.closed(CloseReason.MAX_CONNECTIONS_PER_IP));
      first.leave();
      server.stepUntil("gone", () -> server.counters.closed() == 2);
      try (Peer next = server.connect()) {
        next.send(ProxyHeaders.from("203.0.113.9"));
        server.stepUntil("greeted", () -> server.tally().bytesSent() == 15);
        assertEquals("hello", next.readText(5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "UNIX"})
  void countsNobodyLessForAConnectionThatNeverSaidForWhomItIs(String peer) throws Exception {
    byte[] header =
        peer.equals("UNIX")
            ? ProxyHeaders.binary(0x21, 0x31, "00".repeat(216))
            : ProxyHeaders.from(peer);
    try (SteppedReactor server =
            new SteppedReactor(LISTENER + "max-connections-per-ip=1&greeting=hello");
        Peer first = server.connect();
        Peer knocking = server.connect();
        Peer second = server.connect()) {
      first.send(header);
      server.stepUntil("greeted", () -> server.tally().bytesSent() == 5);
      knocking.leave();
      server.stepUntil("gone", () -> server.counters.closed() == 1);
      second.send(header);
      second.shutdownOutput();
      server.stepUntil("refused", () -> server.counters.closed() == 2);
      assertEquals(1, server.counters.closed(CloseReason.MAX_CONNECTIONS_PER_IP));
    }
  }

  @Test
  void limitsHowOftenThePeerBeginsAndNotTheProxy() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor(LISTENER + "accept-rate-per-ip=1&greeting=hello");
        Peer first = server.connect();
        Peer second = server.connect()) {
      first.send(ProxyHeaders.from("203.0.113.9"));
      server.stepUntil("greeted", () -> server.tally().bytesSent() == 5);
      second.send(ProxyHeaders.from("203.0.113.9"));
      second.shutdownOutput();
      server.stepUntil("closed", () -> server.counters.closed() == 1);
      assertEquals(1, server.counters.closed(CloseReason.ACCEPT_RATE_PER_IP));
    }
  }

  @Test
  void takesAHeaderFromWhomMaySendOne() throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER + "proxy-from=10.0.0.0/8,127.0.0.1");
        Peer peer = server.connect()) {
      peer.send(ProxyHeaders.then(ProxyHeaders.v1(), "hi"));
      server.stepUntil("echoed", () -> server.tally().replies() == 1);
      assertEquals("hi", peer.readText(2));
    }
  }

  /** What a header must not be: a message to a listener that does not ask for it. */
  @Test
  void takesAHeaderForAMessageWhereNoneIsAskedFor() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?proxy-protocol=off");
        Peer peer = server.connect()) {
      send(server, peer, ProxyHeaders.v1());
      assertArrayEquals(ProxyHeaders.v1(), peer.read(ProxyHeaders.v1().length));
    }
  }

  @Test
  void endsAConnectionThatHasNotSentItsHeaderWhenItDrains() throws Exception {
    AtomicInteger cutOff = new AtomicInteger(-1);
    try (SteppedReactor server = new SteppedReactor(LISTENER + "greeting=hello");
        Peer silent = server.connect();
        Peer begun = server.connect()) {
      send(server, begun, Arrays.copyOf(ProxyHeaders.v2(), 20));
      server.reactor.requestDrain(Duration.ofSeconds(10).toNanos(), cutOff::set);
      server.step();
      for (Peer peer : new Peer[] {silent, begun}) {
        assertArrayEquals(new byte[0], peer.readToEnd());
        peer.leave();
      }
      server.stepUntil(
          "drained",
          () -> {
            server.clock.advance(Duration.ofMillis(10));
            return cutOff.get() >= 0;
          });
      assertEquals(0, cutOff.get());
      assertEquals(2, server.counters.closed(CloseReason.DRAIN));
    }
  }

  @Test
  void answersWhatCameBehindAHeaderWhenItDrains() throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER + "framing=line&greeting=hello%0A");
        Peer peer = server.connect()) {
      peer.send(ProxyHeaders.then(ProxyHeaders.v1(), "a\nb\n"));
      server.reactor.requestDrain(Duration.ofSeconds(10).toNanos(), cutOff -> {});
      server.stepUntil("answered", () -> server.tally().replies() == 2);
      server.step();
      assertEquals("hello\na\nb\n", peer.readTextToEnd());
    }
  }

  /** Sends, and steps until all of it was read. */
  private static void send(SteppedReactor server, Peer peer, byte[] bytes) throws Exception {
    long expected = server.tally().bytesReceived() + bytes.length;
    peer.send(bytes);
    server.stepUntil("read", () -> server.tally().bytesReceived() == expected);
  }

  private static void assertEnds(SteppedReactor server, Peer peer, CloseReason reason)
      throws Exception {
    peer.channel().configureBlocking(false);
    ByteBuffer said = ByteBuffer.allocate(100);
    server.stepUntil("ended", () -> hasEnded(peer, said));
    assertEquals(0, said.position(), "nothing is said");
    peer.leave();
    server.stepUntil("closed", () -> server.counters.closed() == 1);
    assertEquals(1, server.counters.closed(reason));
    assertEquals(0, server.counters.open());
    assertEquals(0, server.tally().messages());
    assertEquals(0, server.tally().bytesSent());
  }

  private static boolean hasEnded(Peer peer, ByteBuffer said) {
    try {
      return peer.channel().read(said) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
