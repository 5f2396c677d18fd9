package io.sounder.client.net;

import static io.sounder.client.net.TlsClient.connect;
import static io.sounder.client.net.TlsClient.patience;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.ByteRelay;
import io.sounder.client.fixture.ByteRelay.Cut;
import io.sounder.client.fixture.Certificates;
import io.sounder.client.fixture.TlsServer;
import io.sounder.client.fixture.TlsServer.Manner;
import io.sounder.client.fixture.TlsServer.Peer;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes, and the end, of a stream in TLS; the peers are the JDK's own sockets. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class TlsConnectionTest {
  static Stream<Arguments> manners() {
    return Stream.of(Certificates.SERVER, Certificates.EC_SERVER)
        .flatMap(
            identity ->
                Stream.of("TLSv1.2", "TLSv1.3").map(protocol -> Arguments.of(identity, protocol)));
  }

  @ParameterizedTest
  @MethodSource("manners")
  void bytesComeBackAsTheyWereSent(Certificates.Identity identity, String protocol)
      throws IOException {
    try (TlsServer server = TlsServer.start(Manner.of(identity).over(protocol), Peer::echo);
        StreamConnection connection = connect(server.target())) {
      byte[] sent = random(50_000); // several records

      assertArrayEquals(sent, exchange(connection, sent));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void recordsMayComeByteByByte(String protocol) throws IOException {
    try (TlsServer server = TlsServer.start(Manner.USUAL.over(protocol), Peer::echo);
        ByteRelay relay = new ByteRelay(server.port(), Cut.EACH_BYTE);
        StreamConnection connection = connect(relay.target())) {
      byte[] sent = random(1000);

      assertArrayEquals(sent, exchange(connection, sent));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whatIsDecryptedIsGivenThoughTheSocketIsSilent(String protocol) throws IOException {
    try (TlsServer server =
            TlsServer.start(
                Manner.USUAL.over(protocol),
                peer -> {
                  for (int i = 0; i < 4; i++) {
                    peer.send("hello"); // a record each
                  }
                  peer.read();
                });
        ByteRelay relay = new ByteRelay(server.port(), Cut.AT_SILENCE);
        StreamConnection connection = connect(relay.target())) {
      Wire wire = connection.wire();
      assertTrue(wire.hasMore(), "nobody has looked yet what came with the handshake's end");
      ByteBuffer piece = ByteBuffer.allocate(7);
      assertEquals(7, connection.read(piece, patience()));
      assertTrue(wire.hasMore(), "13 bytes are left, and the socket may be silent");

      assertEquals(7, wire.readWaiting(piece.clear()));
      assertEquals(6, wire.readWaiting(piece.clear()));
      assertFalse(wire.hasMore());
      assertEquals(0, wire.readWaiting(piece.clear()));
    }
  }

  @Test
  void whatStillIsInTheSocketDoesNotCountAsWaiting() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    try (TlsServer server =
            TlsServer.start(
                Manner.USUAL,
                peer -> {
                  peer.send("one");
                  peer.await(read);
                  peer.send("two");
                  peer.read();
                });
        StreamConnection connection = connect(server.target());
        Selector selector = Selector.open()) {
      assertEquals("one", text(read(connection, 3)));
      Wire wire = connection.wire();
      wire.socket().register(selector, SelectionKey.OP_READ);
      read.countDown();
      selector.select();

      assertEquals(0, wire.readWaiting(ByteBuffer.allocate(3)));
      assertEquals("two", text(read(connection, 3)));
    }
  }

  @Test
  void whatTheSocketDoesNotTakeIsNotSaidToBeOut() throws IOException {
    CountDownLatch full = new CountDownLatch(1);
    try (TlsServer server =
            TlsServer.start(
                Manner.USUAL.over("TLSv1.3"),
                peer -> {
                  peer.await(full);
                  peer.send("" + peer.in().readAllBytes().length);
                });
        StreamConnection connection = connect(server.target())) {
      Wire wire = connection.wire();
      ByteBuffer bytes = ByteBuffer.allocate(100_000);
      int written = 0;
      while (wire.write(bytes.clear()) == bytes.capacity()) {
        written += bytes.capacity();
      }
      written += bytes.position();
      assertFalse(wire.flush(), "a record is on its way, and the socket is full");

      full.countDown();
      assertTrue(connection.endSending());
      String answer = "" + written;
      assertEquals(answer, text(read(connection, answer.length())));
    }
  }

  @Test
  void underTls12AnEndIsOneInBothDirections() throws IOException {
    try (TlsServer server =
            TlsServer.start(Manner.USUAL.over("TLSv1.2"), peer -> peer.send("bye"));
        StreamConnection connection = connect(server.target())) {
      assertEquals("bye", text(read(connection, 3)));
      assertEquals(StreamConnection.END, connection.read(ByteBuffer.allocate(1), patience()));

      ClientFailure failure =
          assertThrows(
              ClientFailure.class, () -> connection.write(ByteBuffer.allocate(1), patience()));
      assertEquals(ErrorClass.RESET, failure.errorClass());
    }
  }

  @Test
  void underTls13TheSendingCanEndWhileTheRepliesStillCome() throws IOException {
    byte[] sent = random(200_000);
    try (TlsServer server =
            TlsServer.start(
                Manner.USUAL.over("TLSv1.3"),
                peer -> {
                  byte[] all = peer.in().readAllBytes();
                  peer.out().write(all);
                });
        StreamConnection connection = connect(server.target())) {
      connection.write(ByteBuffer.wrap(sent), patience());

      assertTrue(connection.endSending());

      assertArrayEquals(sent, read(connection, sent.length));
      assertEquals(StreamConnection.END, connection.read(ByteBuffer.allocate(1), patience()));
    }
  }

  @Test
  void underTls12TheEndOfTheSendingIsNotTold() throws IOException {
    try (TlsServer server = TlsServer.start(Manner.USUAL.over("TLSv1.2"), Peer::echo);
        StreamConnection connection = connect(server.target())) {
      assertFalse(connection.endSending());

      byte[] sent = random(10);
      assertArrayEquals(sent, exchange(connection, sent));
    }
  }

  @Test
  void aGoodbyeIsTheEndAndABareFinIsATruncation() throws IOException {
    try (TlsServer polite = TlsServer.start(Manner.USUAL, peer -> peer.send("bye"));
        TlsServer rude =
            TlsServer.start(
                Manner.USUAL,
                peer -> {
                  peer.send("bye");
                  peer.cutOff();
                });
        StreamConnection ended = connect(polite.target());
        StreamConnection cut = connect(rude.target())) {
      assertEquals("bye", text(read(ended, 3)));
      assertEquals(StreamConnection.END, ended.read(ByteBuffer.allocate(1), patience()));

      assertEquals("bye", text(read(cut, 3)));
      ClientFailure failure =
          assertThrows(ClientFailure.class, () -> cut.read(ByteBuffer.allocate(1), patience()));
      assertEquals(ErrorClass.TLS, failure.errorClass());
      assertTrue(failure.getMessage().contains("truncated"), failure.getMessage());
      assertEquals(7, failure.exitCode());
    }
  }

  @Test
  void aResetIsAReset() throws IOException {
    CountDownLatch connected = new CountDownLatch(1);
    try (TlsServer server =
            TlsServer.start(
                Manner.USUAL,
                peer -> {
                  peer.await(connected);
                  peer.reset();
                });
        StreamConnection connection = connect(server.target())) {
      connected.countDown();

      ClientFailure failure =
          assertThrows(
              ClientFailure.class, () -> connection.read(ByteBuffer.allocate(1), patience()));
      assertEquals(ErrorClass.RESET, failure.errorClass());
    }
  }

  @Test
  void oneThreadMaySendWhileAnotherReceives() throws IOException {
    byte[] sent = random(4_000_000);
    try (TlsServer server = TlsServer.echo();
        StreamConnection connection = connect(server.target())) {
      assertArrayEquals(sent, exchange(connection, sent));
    }
  }

  private static byte[] exchange(StreamConnection connection, byte[] sent) {
    CompletableFuture<Boolean> sender =
        CompletableFuture.supplyAsync(() -> connection.write(ByteBuffer.wrap(sent), patience()));
    byte[] received = read(connection, sent.length);
    assertTrue(sender.join());
    return received;
  }

  private static byte[] read(StreamConnection connection, int bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      assertTrue(connection.read(buffer, patience()) > 0, () -> "ended after " + buffer);
    }
    return buffer.array();
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    new Random(bytes).nextBytes(random);
    return random;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
