package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Connection;
import io.sounder.server.fixture.Certificates;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ProxyHeaders;
import io.sounder.server.fixture.TlsPeer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How TLS begins, step by step. */
@Timeout(30)
class TlsHandshakeTest {
  private static final String TLS_1_3 = "TLSv1.3";
  private static final int RECORD_HEADER_BYTES = 5;
  private static final Duration A_NANO = Duration.ofNanos(1);
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_3, "TLSv1.2"})
  void understandsAPeerThatSendsEachByteByItself(String protocol) throws Exception {
    try (SteppedReactor server = server("framing=line&reply=ok");
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, protocol).shakeHands(1, server::step);
      tls.send(tls.encrypted("hello\nthere\n"), 1, server::step);
      assertEquals("OK...hello\nOK...there\n", tls.readText(22, server::step));
      tls.send(tls.farewell(), 1, server::step);
      assertEquals("", tls.readTextToEnd(server::step));
      assertTrue(tls.isEndProper());
      assertIsClosed(server, CloseReason.PEER_CLOSED);
    }
  }

  @Test
  void closesAPeerThatIsNotDoneWhenItsTimeIsOver() throws Exception {
    try (SteppedReactor server = server("");
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_3);
      byte[] hello = tls.handshakeBytes();
      for (int i = 0; i < 9; i++) { // a byte now and then does not help
        server.advance(Duration.ofSeconds(1));
        tls.send(Arrays.copyOfRange(hello, i, i + 1), 1, server::step);
      }
      server.advance(Duration.ofSeconds(1).minus(A_NANO));
      assertEquals(1, server.counters.open());
      server.advance(A_NANO);
      assertEquals(1, server.counters.closed(CloseReason.HANDSHAKE_TIMEOUT));
      assertEquals("", tls.readTextToEnd(server::step));
    }
  }

  @Test
  void givesAHandshakeItsOwnTimeAfterAProxyHeader() throws Exception {
    try (SteppedReactor server = server("proxy-protocol=required&message-timeout=30s");
        Peer peer = server.connect()) {
      server.advance(TEN_SECONDS.multipliedBy(2)); // all of a handshake's time, and more
      peer.channel().write(ByteBuffer.wrap(ProxyHeaders.v2()));
      server.stepUntil("read", () -> server.tally().bytesReceived() == ProxyHeaders.v2().length);
      server.step(); // its peer is let in
      server.advance(TEN_SECONDS.minus(A_NANO));
      assertEquals(1, server.counters.open());
      server.advance(A_NANO);
      assertEquals(1, server.counters.closed(CloseReason.HANDSHAKE_TIMEOUT));
    }
  }

  @ParameterizedTest
  @CsvSource({"8, true", "1, false"})
  void takesAHelloInPiecesButNotInHundreds(int pieceBytes, boolean taken) throws Exception {
    try (SteppedReactor server = server("");
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_3);
      byte[] hello = tls.handshakeBytes();
      ByteArrayOutputStream records = new ByteArrayOutputStream();
      for (int from = RECORD_HEADER_BYTES; from < hello.length; from += pieceBytes) {
        byte[] piece = Arrays.copyOfRange(hello, from, Math.min(hello.length, from + pieceBytes));
        records.writeBytes(new byte[] {22, 3, 1, 0, (byte) piece.length});
        records.writeBytes(piece);
      }
      tls.send(records.toByteArray());
      if (taken) {
        tls.shakeHands(server::step);
        assertEchoes(tls, server);
      } else {
        server.stepUntil("refused", () -> hasEnded(tls));
        peer.channel().close();
        assertIsClosed(server, CloseReason.TLS_HANDSHAKE);
      }
    }
  }

  private static boolean hasEnded(TlsPeer tls) {
    tls.receiveOrFail();
    return tls.hasEnded();
  }

  @Test
  void closesFiveHundredThatAreHalfDoneAndServesAnotherMeanwhile() throws Exception {
    int many = 500;
    List<Peer> halfDone = new ArrayList<>();
    try (SteppedReactor server = server("");
        Peer good = server.connect()) {
      TlsPeer tls = new TlsPeer(good, TLS_1_3).shakeHands(server::step);
      byte[] hello = new TlsPeer(good, TLS_1_3).handshakeBytes();
      for (int i = 0; i < many; i++) {
        Peer peer = server.connect();
        halfDone.add(peer);
        peer.channel().write(ByteBuffer.wrap(hello, 0, i % hello.length));
        if (i % 50 == 0) {
          assertEchoes(tls, server);
        }
      }
      server.stepUntil("let in", () -> server.counters.open() == many + 1);
      assertEchoes(tls, server);
      server.advance(TEN_SECONDS.minus(A_NANO));
      assertEquals(many + 1, server.counters.open());
      assertEchoes(tls, server);
      server.moveOn(A_NANO);
      assertEquals(many, server.counters.closed(CloseReason.HANDSHAKE_TIMEOUT));
      assertEquals(1, server.counters.open());
      assertEchoes(tls, server);
    } finally {
      for (Peer peer : halfDone) {
        peer.close();
      }
    }
  }

  @Test
  void greetsOnceHandsAreShaken() throws Exception {
    try (SteppedReactor server = server("greeting=hello {n}&close-after=0");
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_3).shakeHands(server::step);
      assertEquals("hello 1", tls.readTextToEnd(server::step));
      assertTrue(tls.isEndProper(), "close_notify before the end");
    }
  }

  @Test
  void leavesHandshakesToWorkersAndHelpsWithTheRest() throws Exception {
    try (SteppedReactor server = new SteppedReactor(1, true, Certificates.listener(""));
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_3);
      tls.send(tls.handshakeBytes());
      server.stepUntil("waits for a worker", () -> server.reactor.pool().queued() == 1);
      server.step();
      assertEquals(1, server.reactor.pool().queued());
      server.reactor.pool().start(Optional::empty);
      tls.shakeHands(server::step);
      tls.send(tls.encrypted("hello"));
      assertEquals("hello", tls.readText(5, server::step));
      Eventually.equal(1, "handshakes", server.counters::secured);
    }
  }

  @Test
  void closesAHandshakeAtOnceWhenItIsToStop() throws Exception {
    try (SteppedReactor server = server("");
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_3);
      tls.send(Arrays.copyOf(tls.handshakeBytes(), 20), 20, server::step);
      server.reactor.requestDrain(TEN_SECONDS.toNanos(), cutOff -> assertEquals(0, cutOff));
      server.stepUntil("closed", () -> server.counters.open() == 0);
      assertEquals(1, server.counters.closed(CloseReason.DRAIN));
    }
  }

  @Test
  void tellsThoseWhoLeaveInTheMiddleFromThoseWhoOnlyKnock() throws Exception {
    try (SteppedReactor server = server("");
        Peer knocking = server.connect();
        Peer leaving = server.connect()) {
      knocking.channel().close();
      assertIsClosed(server, CloseReason.PEER_CLOSED);
      TlsPeer tls = new TlsPeer(leaving, TLS_1_3);
      tls.send(Arrays.copyOf(tls.handshakeBytes(), 20), 20, server::step);
      leaving.channel().close();
      assertIsClosed(server, CloseReason.TLS_HANDSHAKE);
      assertEquals(0, server.counters.secured());
    }
  }

  @Test
  void lingersAfterARefusalSoThatThePeerLearnsWhy() throws Exception {
    try (SteppedReactor server = server("");
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_3);
      tls.send("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      SSLException alert =
          assertThrows(SSLException.class, () -> tls.shakeHands(server::step), "an alert");
      assertTrue(alert.getMessage().contains("fatal alert"), alert.getMessage());
      assertEquals(1, server.counters.open());
      server.moveOn(Duration.ofNanos(Connection.LINGER_NANOS));
      assertIsClosed(server, CloseReason.TLS_HANDSHAKE);
    }
  }

  private static SteppedReactor server(String query) throws Exception {
    return new SteppedReactor(Certificates.listener(query));
  }

  private static void assertEchoes(TlsPeer tls, SteppedReactor server) throws Exception {
    tls.send(tls.encrypted("still here"));
    assertEquals("still here", tls.readText(10, server::step));
  }

  private static void assertIsClosed(SteppedReactor server, CloseReason reason) {
    server.stepUntil("closed: " + reason, () -> server.counters.closed(reason) == 1);
  }
}
