package io.sounder.client.net;

import static io.sounder.client.net.TlsClient.TRUSTING;
import static io.sounder.client.net.TlsClient.WITH_CERTIFICATE;
import static io.sounder.client.net.TlsClient.connect;
import static io.sounder.client.net.TlsClient.patience;
import static io.sounder.client.net.TlsClient.wiring;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.Certificates;
import io.sounder.client.fixture.StreamServer;
import io.sounder.client.fixture.TlsServer;
import io.sounder.client.fixture.TlsServer.Manner;
import io.sounder.client.fixture.TlsServer.Peer;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.tls.TlsSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.ExtendedSSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What is said in a handshake, and how long it may take. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class TlsHandshakeTest {
  private static final long SHORT_NANOS = 200_000_000L; // less than the server's verdict is awaited

  /** Alerts that are only warnings, and that nothing follows from (RFC 5246, section 7.2). */
  private static final byte[] WARNINGS = HexFormat.of().parseHex("15030300020150".repeat(5_000));

  @Test
  void aServerIsToldWhyItWasRefused() throws IOException {
    try (TlsServer server = TlsServer.start(Manner.of(Certificates.EXPIRED), Peer::echo)) {
      assertThrows(ClientFailure.class, () -> connect(server.target()));

      String told = server.awaitFailure();
      assertTrue(told.contains("fatal alert: certificate_"), told);
    }
  }

  @Test
  void everyHandshakeIsAFullOne() throws IOException {
    try (TlsServer server = TlsServer.start(Manner.USUAL.over("TLSv1.2"), Peer::echo)) {
      Dialer dialer = Dialer.standard(wiring(server.target(), TRUSTING));
      for (int i = 0; i < 3; i++) {
        try (StreamConnection connection = connect(server.target(), dialer)) {
          connection.write(ByteBuffer.allocate(1), patience());
          assertEquals(1, connection.read(ByteBuffer.allocate(1), patience()));
        }
      }

      assertEquals(3, Set.copyOf(server.sessions()).size(), () -> "" + server.sessions());
    }
  }

  @Test
  void asksForTheNameOfTheTargetOrTheOneGivenAndForNoAddress() throws IOException {
    assertEquals("[type=host_name (0), value=localhost]", nameAskedFor("localhost", null));
    assertEquals("[type=host_name (0), value=localhost]", nameAskedFor("localhost.", null));
    assertEquals("[]", nameAskedFor("127.0.0.1", null));
    assertEquals("[type=host_name (0), value=localhost]", nameAskedFor("127.0.0.1", "localhost"));
  }

  private static String nameAskedFor(String host, String serverName) throws IOException {
    CompletableFuture<String> asked = new CompletableFuture<>();
    try (TlsServer server =
        TlsServer.start(
            Manner.USUAL,
            peer -> {
              ExtendedSSLSession session = (ExtendedSSLSession) peer.tls().getSession();
              asked.complete(session.getRequestedServerNames().toString());
            })) {
      String named = "tls://" + host + ":" + server.port();
      TlsSettings settings =
          new TlsSettings(Certificates.CA.certificateFile(), null, null, false, serverName);
      connect(server.target(), Dialer.standard(wiring(named, settings))).close();
      return asked.join();
    }
  }

  @Test
  void aPeerThatSaysNothingInTheHandshakeIsGivenUpInTime() throws IOException {
    assertGivenUp(
        peer -> peer.in().transferTo(OutputStream.nullOutputStream()),
        "the peer says nothing, and is perhaps a tcp:// listener");
  }

  @Test
  void aPeerThatNeverEndsTheHandshakeIsGivenUpInTime() throws IOException {
    assertGivenUp(
        peer -> {
          while (true) {
            peer.out().write(WARNINGS);
          }
        },
        "the peer has begun it, and does not get on");
  }

  private static void assertGivenUp(StreamServer.Behaviour behaviour, String why)
      throws IOException {
    try (StreamServer server = StreamServer.tcp(behaviour)) {
      String target = server.target().replace("tcp:", "tls:");
      Dialer hasty = new Dialer(NanoClock.SYSTEM, SHORT_NANOS, wiring(target, TRUSTING));

      ClientFailure failure = assertThrows(ClientFailure.class, () -> connect(target, hasty));

      assertEquals(ErrorClass.TLS, failure.errorClass());
      assertEquals(3, failure.exitCode());
      String said = failure.getMessage();
      assertTrue(said.contains("the handshake timed out after 200ms; " + why), said);
    }
  }

  /** The clock stands still until the server has all of the handshake, however long that takes. */
  @Test
  void waitingForTheVerdictIsNoPartOfTheHandshakeAndHasATimeOfItsOwn() throws IOException {
    AtomicLong servedNanos = new AtomicLong();
    NanoClock sinceServed =
        () -> servedNanos.get() == 0 ? 0 : NanoClock.SYSTEM.nanoTime() - servedNanos.get();
    Manner silent = Manner.USUAL.over("TLSv1.3").askingForCertificate().withoutTickets();
    try (TlsServer server =
        TlsServer.start(
            silent,
            peer -> {
              servedNanos.set(NanoClock.SYSTEM.nanoTime());
              peer.echo();
            })) {
      Dialer hasty =
          new Dialer(sinceServed, SHORT_NANOS, wiring(server.target(), WITH_CERTIFICATE));

      try (StreamConnection connection = connect(server.target(), hasty)) {
        assertTrue(connection.openingNanos() < SHORT_NANOS, "" + connection.openingNanos());
      }
    }
  }
}
