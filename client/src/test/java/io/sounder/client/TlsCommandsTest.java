package io.sounder.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.Certificates;
import io.sounder.client.fixture.Certificates.Identity;
import io.sounder.client.fixture.Run;
import io.sounder.client.fixture.StreamServer;
import io.sounder.client.fixture.TlsServer;
import io.sounder.client.fixture.TlsServer.Manner;
import io.sounder.client.fixture.TlsServer.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command over TLS, and each way in which a handshake can fail. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class TlsCommandsTest {
  private static final String CA = Certificates.CA.certificateFile().toString();

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void sendPrintsWhatComesBack(String protocol) throws IOException {
    try (TlsServer server = TlsServer.start(Manner.USUAL.over(protocol), Peer::echo)) {
      Run run = Run.of("send", server.target(), "hello", "--replies", "1", "--ca", CA);

      assertEquals("hello", run.succeeded());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void talkOnAPipeEndsWhenAllIsBack(String protocol) throws IOException {
    byte[] input = "one\ntwo\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    try (TlsServer server = TlsServer.start(Manner.USUAL.over(protocol), Peer::echo)) {
      Run run = Run.withInput(input, "talk", server.target(), "--ca", CA);

      assertEquals(new String(input, StandardCharsets.UTF_8), run.succeeded());
    }
  }

  @Test
  void pingTimesEchoes() throws IOException {
    try (TlsServer server = TlsServer.echo()) {
      String[] twice = {"ping", server.target(), "-n", "2", "--interval", "1ms", "--ca", CA};
      String out = Run.of(twice).succeeded();

      assertTrue(out.contains("2 sent, 2 received, 0.0% loss"), out);
    }
  }

  @Test
  void timeAsksOverTls() throws IOException {
    try (TlsServer server =
        TlsServer.start(Manner.USUAL, peer -> peer.out().write(new byte[] {-1, -1, -1, -1}))) {
      String out = Run.of("time", server.target(), "--ca", CA).succeeded();

      assertTrue(out.contains("utc    2036-02-07T06:28:15Z"), out);
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, TLS_ECDHE_", "TLSv1.3, TLS_AES_256_GCM_SHA384"})
  void checkPrintsWhatWasNegotiatedAndTheCertificate(String protocol, String suite)
      throws IOException {
    try (TlsServer server = TlsServer.start(Manner.USUAL.over(protocol), Peer::echo)) {
      String out = Run.of("check", server.target() + "?reply=echo", "--ca", CA).succeeded();

      List<String> lines = out.lines().toList();
      assertTrue(lines.get(1).matches("connect +[0-9.]+ ms  done"), out);
      assertTrue(lines.get(2).matches("tls +[0-9.]+ ms  " + protocol + " " + suite + ".*"), out);
      assertEquals("Certificate    CN=server", lines.get(3), out);
      assertEquals("  issuer       CN=ca", lines.get(4), out);
      assertTrue(lines.get(5).matches("  valid until  \\d{4}-\\d\\d-\\d\\d, 364 days left"), out);
      assertFalse(out.contains("names"), out);
      assertTrue(out.contains("received 13, as they should be"), out);
    }
  }

  @ParameterizedTest
  @CsvSource({"SERVER, 'RSA, 2048 bits'", "EC_SERVER, 'EC, 256 bits'"})
  void checkPrintsMoreOfTheCertificateWhenAsked(String identity, String key) throws IOException {
    try (TlsServer server = TlsServer.start(Manner.of(identity(identity)), Peer::echo)) {
      String out = Run.of("check", server.target(), "--ca", CA, "-v").succeeded();

      assertTrue(out.contains("  names        localhost, 127.0.0.1, ::1\n"), out);
      assertTrue(out.contains("  key          " + key + "\n"), out);
      assertTrue(out.matches("(?s).*\n  valid from   \\d{4}-\\d\\d-\\d\\d\n.*"), out);
      assertTrue(
          out.matches("(?s).*\n  SHA-256      (\\p{XDigit}{2}:){31}\\p{XDigit}{2}\n.*"), out);
      assertTrue(out.contains("\nVerified       for 127.0.0.1, by --ca " + CA + "\n"), out);
      assertTrue(out.contains("\nOurs           not asked for\n"), out);
    }
  }

  @Test
  void checkSaysWhetherOurCertificateWasAskedFor() throws IOException {
    Manner asking = Manner.USUAL.askingForCertificate();
    try (TlsServer server = TlsServer.start(asking, Peer::echo)) {
      List<String> line = new ArrayList<>(List.of("check", server.target(), "-v", "--ca", CA));
      line.addAll(asClient(Certificates.CLIENT));
      String out = Run.of(line.toArray(new String[0])).succeeded();

      assertTrue(out.contains("\nOurs           asked for, and shown: CN=client\n"), out);
    }
  }

  @Test
  void checkWarnsOfACertificateThatEndsSoon() throws IOException {
    try (TlsServer server = TlsServer.start(Manner.of(Certificates.ENDS_SOON), Peer::echo)) {
      String out = Run.of("check", server.target(), "--ca", CA).succeeded();

      assertTrue(out.contains(", 9 days left: WARNING, renew it"), out);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aClientCertificateIsShownToAServerThatAsks(String protocol) throws IOException {
    Manner manner = Manner.USUAL.over(protocol).askingForCertificate();
    try (TlsServer server =
        TlsServer.start(
            manner, peer -> peer.send("" + peer.tls().getSession().getPeerPrincipal()))) {
      List<String> line = new ArrayList<>(List.of("send", server.target(), "", "--ca", CA));
      line.addAll(asClient(Certificates.CLIENT));

      assertEquals("CN=client", Run.of(line.toArray(new String[0])).succeeded());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EXPIRED, ', which is over'",
    "NOT_YET_VALID, ', but not before 20'",
    "WRONG_NAME, 364 days left",
  })
  void insecureTakesAnyCertificateAndSaysSoLoudly(String identity, String validity)
      throws IOException {
    try (TlsServer server = TlsServer.start(Manner.of(identity(identity)), Peer::echo)) {
      Run run = Run.of("check", server.target(), "--insecure");

      assertEquals(0, run.exitCode(), run::err);
      assertEquals(1, run.err().lines().count(), run::err);
      assertTrue(run.err().startsWith("sounder: --insecure: the certificate of tls://"), run::err);
      assertTrue(run.out().contains("certificate NOT verified (--insecure)"), run::out);
      assertTrue(run.out().contains(validity), run::out);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXPIRED | the certificate of CN=expired has expired on 20 | 3 days ago",
        "NOT_YET_VALID | the certificate of CN=not-yet-valid is not valid before 20 | in 1 day",
        "WRONG_NAME | not for 127.0.0.1 but for example.org, 10.0.0.1 | --sni",
      })
  void aCertificateThatIsNoGoodIsNotTaken(String identity, String why, String more)
      throws IOException {
    try (TlsServer server = TlsServer.start(Manner.of(identity(identity)), Peer::echo)) {
      Run.of("check", server.target(), "--ca", CA)
          .failed(3, "cannot connect to tls://127.0.0.1:", ": tls: ", why, more, "--insecure");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "talk", "send", "time"})
  void everyCommandEndsWhereTheHandshakeFails(String command) throws IOException {
    try (TlsServer server = TlsServer.start(Manner.of(Certificates.EXPIRED), Peer::echo)) {
      Run.of(command, server.target(), "--ca", CA).failed(3, ": tls: ", "has expired");
    }
  }

  @Test
  void anAuthorityThatIsNotTrustedIsNamed() throws IOException {
    String otherCa = Certificates.OTHER_CA.certificateFile().toString();
    try (TlsServer server = TlsServer.echo()) {
      Run.of("check", server.target())
          .failed(3, "signed by CN=ca, which is not in this Java's trust store", "--ca FILE");
      Run.of("check", server.target(), "--ca", otherCa)
          .failed(3, "signed by CN=ca, which is not in --ca " + otherCa, "--insecure");
    }
  }

  @Test
  void aNameGivenWithSniIsTheOneThatIsVerified() throws IOException {
    try (TlsServer server = TlsServer.start(Manner.of(Certificates.WRONG_NAME), Peer::echo)) {
      Run.of("check", server.target(), "--ca", CA, "--sni", "example.org").succeeded();
      Run.of("check", server.target(), "--ca", CA, "--sni", "example.net")
          .failed(3, "not for example.net but for example.org");
    }
    try (TlsServer server = TlsServer.echo()) {
      Run.of("check", server.target(), "--ca", CA, "--sni", "example.org")
          .failed(3, "not for example.org but for localhost, 127.0.0.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerThatAsksForACertificateInVainIsUnderstood(String protocol) throws IOException {
    Manner manner = Manner.USUAL.over(protocol).askingForCertificate();
    try (TlsServer server = TlsServer.start(manner, Peer::echo)) {
      for (String command : List.of("send", "time")) {
        Run.of(command, server.target(), "--ca", CA)
            .failed(3, "the server asks for a client certificate", "give --cert and --key");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerThatRefusesOurCertificateIsUnderstood(String protocol) throws IOException {
    Manner manner = Manner.USUAL.over(protocol).askingForCertificate();
    try (TlsServer server = TlsServer.start(manner, Peer::echo)) {
      List<String> line = new ArrayList<>(List.of("check", server.target(), "--ca", CA));
      line.addAll(asClient(Certificates.STRANGER));

      Run.of(line.toArray(new String[0]))
          .failed(3, "the server refuses our certificate", "give another with --cert and --key");
    }
  }

  @Test
  void aPeerThatDoesNotSpeakTlsIsUnderstood() throws IOException {
    try (StreamServer echo = StreamServer.tcp(StreamServer.Peer::echo);
        StreamServer greeting =
            StreamServer.tcp(
                peer -> {
                  peer.send("220 welcome\r\n");
                  peer.read();
                });
        StreamServer closing = StreamServer.tcp(StreamServer.Peer::read);
        StreamServer resetting =
            StreamServer.tcp(
                peer -> {
                  peer.read();
                  peer.resetOnClose();
                })) {
      Run.of("check", asTls(echo)).failed(3, "sends back what it gets", "a tcp:// listener");
      Run.of("check", asTls(greeting)).failed(3, "does not speak TLS", "a tcp:// listener");
      Run.of("check", asTls(closing)).failed(3, "closed the connection in the handshake");
      Run.of("check", asTls(resetting)).failed(3, "tls: the handshake failed", "eset");
    }
  }

  private static String asTls(StreamServer server) {
    return server.target().replace("tcp:", "tls:");
  }

  @Test
  void aConnectionThatIsCutOffIsNoEnd() throws IOException {
    try (TlsServer server =
        TlsServer.start(
            Manner.USUAL,
            peer -> {
              peer.send(peer.read());
              peer.cutOff();
            })) {
      Run run = Run.of("send", server.target(), "hello", "--ca", CA);

      run.failed(7, "cannot receive from tls://", "tls: truncated");
      assertEquals("hello", run.out());
    }
  }

  private static Identity identity(String name) {
    return switch (name) {
      case "SERVER" -> Certificates.SERVER;
      case "EC_SERVER" -> Certificates.EC_SERVER;
      case "EXPIRED" -> Certificates.EXPIRED;
      case "NOT_YET_VALID" -> Certificates.NOT_YET_VALID;
      case "WRONG_NAME" -> Certificates.WRONG_NAME;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static List<String> asClient(Identity identity) {
    return List.of(
        "--cert", identity.certificateFile().toString(), "--key", identity.keyFile().toString());
  }
}
