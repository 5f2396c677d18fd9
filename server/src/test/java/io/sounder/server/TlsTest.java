package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Certificates;
import io.sounder.server.fixture.Certificates.Client;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.TlsPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in over TLS, who is not, and what comes of it. */
@Timeout(60)
class TlsTest {
  private static final String TLS_1_3 = "TLSv1.3";
  private static final String TLS_1_2 = "TLSv1.2";
  private static final byte[] NO_BYTES = {};

  static Stream<Arguments> clients() {
    return Stream.of(Client.values())
        .flatMap(client -> Stream.of(Arguments.of(client, TLS_1_3), Arguments.of(client, TLS_1_2)));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void letsInWhoShowsATrustedCertificateAndAnswersNothingToOthers(Client client, String protocol)
      throws Exception {
    try (RunningServer server = RunningServer.on(Certificates.mutualListener("greeting=hi"));
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, client, protocol);
      if (client == Client.TRUSTED) {
        tls.shakeHands(Thread::onSpinWait);
        assertEquals("hi", tls.readText(2, Thread::yield));
        tls.send(tls.encrypted("hello"));
        assertEquals("hello", tls.readText(5, Thread::yield));
        return;
      }
      // With TLS 1.3 a client learns of the refusal after its first message is on its way.
      SSLException refusal =
          assertThrows(
              SSLException.class,
              () -> {
                tls.shakeHands(Thread::yield);
                tls.send(tls.encrypted("let me in"));
                tls.readTextToEnd(Thread::yield);
              });
      assertTrue(refusal.getMessage().contains("Received fatal alert: "), refusal.getMessage());
      assertEquals("", tls.text());
      peer.channel().close();
      server.awaitClosed(CloseReason.TLS_HANDSHAKE, 1);
      assertEquals(0, server.counters().secured());
      assertEquals(0, server.messages());
    }
  }

  @ParameterizedTest
  @CsvSource({
    // version of the record and of the hello in it
    "0301, 0301",
    "0301, 0302",
    "0300, 0300",
  })
  void refusesOldVersions(String recordVersion, String version) throws Exception {
    String body =
        version
            + "00".repeat(32) // random
            + "00" // no session
            + "0006"
            + "c009"
            + "c013"
            + "002f" // suites of that time
            + "0100"; // no compression
    String hello = "01" + hex(body.length() / 2, 6) + body;
    String record = "16" + recordVersion + hex(hello.length() / 2, 4) + hello;
    String answer = HexFormat.of().formatHex(answerTo(record));
    assertTrue(answer.matches("1503..00020246"), answer); // fatal, protocol_version
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "474554202f20485454502f312e310d0a486f73743a20780d0a0d0a", // GET / HTTP/1.1
        "802e0100020015000000100100800300800700c0060040020080040080" // a hello of SSL 2.0
            + "00000500000a00000900000300000600000400000000000000000000000000000000",
        "16030180ff", // a record that is longer than any may be, and has not begun
        "16030340fe01", // the longest that begins, and never comes
        "00000000000000000000",
        "150303000202" + "28", // an alert
        "1703030005" + "0102030405", // data before there are keys
      })
  void refusesWhatIsNoTls(String hex) throws Exception {
    answerTo(hex);
  }

  /** All that comes back to bytes that are no TLS, and then to the end of the stream. */
  private static byte[] answerTo(String hex) throws Exception {
    try (RunningServer server = RunningServer.on(Certificates.listener("greeting=hello"));
        Peer peer = plain(server)) {
      peer.send(HexFormat.of().parseHex(hex)).shutdownOutput();
      byte[] answer = peer.readToEnd();
      peer.leave();
      server.awaitClosed(CloseReason.TLS_HANDSHAKE, 1);
      assertTrue(answer.length == 0 || answer[0] == 0x15, "an alert, or nothing");
      assertEquals(0, server.messages());
      assertTrue(server.counters().cycles() < 1000, "went round for nothing");
      return answer;
    }
  }

  @Test
  void doesNotGoRoundWhileAPeerThatSpeaksNoTlsStays() throws Exception {
    try (RunningServer server = RunningServer.on(Certificates.listener(""));
        Peer peer = plain(server)) {
      peer.send("hello?\n");
      peer.readToEnd();
      long before = server.counters().cycles();
      server.awaitClosed(CloseReason.TLS_HANDSHAKE, 1); // after it has lingered
      long cycles = server.counters().cycles() - before;
      assertTrue(cycles < 100, cycles + " cycles");
    }
  }

  /** A plain socket to a TLS listener. */
  private static Peer plain(RunningServer server) throws IOException {
    Endpoint endpoint = server.endpoint();
    return Peer.connect(Endpoint.inet(Scheme.TCP, endpoint.host(), endpoint.port()));
  }

  private static String hex(int number, int digits) {
    return HexFormat.of().toHexDigits(number, digits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", // no authenticated encryption
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", // no RSA certificate here
      })
  void refusesAClientWithWhichItHasNoSuiteInCommon(String suite) throws Exception {
    try (RunningServer server = RunningServer.on(Certificates.listener(""));
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_2).withSuite(suite);
      SSLException refusal = assertThrows(SSLException.class, () -> tls.shakeHands(Thread::yield));
      assertTrue(refusal.getMessage().contains("handshake_failure"), refusal.getMessage());
      peer.channel().close();
      server.awaitClosed(CloseReason.TLS_HANDSHAKE, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "rsa"})
  void speaksWithEitherKindOfKeyAndCountsIt(String kind) throws Exception {
    String listener = "tls://127.0.0.1:0?" + Certificates.keys(kind);
    try (RunningServer server = RunningServer.on(listener)) {
      for (String protocol : new String[] {TLS_1_3, TLS_1_2}) {
        try (Peer peer = server.connect()) {
          TlsPeer tls = new TlsPeer(peer, protocol).shakeHands(Thread::yield);
          tls.send(tls.encrypted("hello"));
          assertEquals("hello", tls.readText(5, Thread::yield));
          assertEquals(protocol, tls.engine().getSession().getProtocol());
        }
      }
      assertEquals(2, server.counters().secured());
      assertTrue(server.server().stats().contains("tls_handshakes_total 2\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_3, TLS_1_2})
  void endsAConnectionWhoseRecordsWereChangedOnTheirWay(String protocol) throws Exception {
    try (RunningServer server = RunningServer.on(Certificates.listener(""));
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, protocol).shakeHands(Thread::yield);
      byte[] record = tls.encrypted("pay one");
      record[record.length - 1] ^= 1;
      tls.send(record);
      SSLException told = assertThrows(SSLException.class, () -> tls.readTextToEnd(Thread::yield));
      assertTrue(told.getMessage().contains("bad_record_mac"), told.getMessage());
      peer.channel().close();
      server.awaitClosed(CloseReason.TLS_PROTOCOL, 1);
      assertEquals(0, server.messages());
    }
  }

  @Test
  void refusesToNegotiateAgain() throws Exception {
    try (RunningServer server = RunningServer.on(Certificates.listener(""));
        Peer peer = server.connect()) {
      TlsPeer tls = new TlsPeer(peer, TLS_1_2).shakeHands(Thread::yield);
      tls.engine().beginHandshake();
      tls.send(tls.handshakeBytes());
      tls.readTextToEnd(Thread::yield);
      peer.channel().close();
      server.awaitClosed(CloseReason.TLS_PROTOCOL, 1);
    }
  }

  @Test
  void goesOnWithTheJdksOwnClient() throws Exception {
    byte[] text = "hello over the JDK's sockets".getBytes(StandardCharsets.UTF_8);
    try (RunningServer server = RunningServer.on(Certificates.listener("reply=ok"));
        Peer peer = server.connect()) {
      ByteBuffer expected = ByteBuffer.allocate(5 + text.length);
      expected.put("OK...".getBytes(StandardCharsets.UTF_8)).put(text);
      assertArrayEquals(expected.array(), peer.send(text).read(expected.capacity()));
      assertArrayEquals(NO_BYTES, peer.shutdownOutput().readToEnd());
      server.awaitClosed(CloseReason.PEER_CLOSED, 1);
    }
  }
}
