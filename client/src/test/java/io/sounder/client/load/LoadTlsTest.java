package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sounder.client.fixture.ByteRelay;
import io.sounder.client.fixture.ByteRelay.Cut;
import io.sounder.client.fixture.Certificates;
import io.sounder.client.fixture.Loopback;
import io.sounder.client.fixture.StreamServer;
import io.sounder.client.fixture.TlsServer;
import io.sounder.client.fixture.TlsServer.Manner;
import io.sounder.client.fixture.TlsServer.Peer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Load over TLS: every reply is verified there as elsewhere. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class LoadTlsTest {
  private static final String CA = Certificates.CA.certificateFile().toString();

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, -c 8 -n 2000",
    "TLSv1.3, -c 8 -n 2000",
    "TLSv1.3, -c 4 -n 2000 -p 16",
    "TLSv1.2, -c 2 -n 12 -s 300KiB -p 4",
    "TLSv1.3, -c 2 -n 12 -s 300KiB -p 4",
    "TLSv1.3, -c 3 -n 300 -t 3",
  })
  void everyReplyIsVerified(String protocol, String flags) throws IOException {
    try (TlsServer server = TlsServer.start(Manner.USUAL.over(protocol), Peer::echo)) {
      Load load = valid(server.target(), flags);

      assertEquals(load.count("sent"), load.count("ok"));
    }
  }

  @Test
  void plannedRequestsAreSentOverTlsToo() throws IOException {
    try (TlsServer server = TlsServer.echo()) {
      Load load = run(server.target(), "-c 4 -n 500 --rate 5k --arrivals poisson");

      assertEquals(500, load.count("ok"), load::err);
      assertTrue(load.exitCode() == 0 || load.exitCode() == 6, load::err); // on a busy machine
    }
  }

  @Test
  void aWrongReplyIsFoundOut() throws IOException {
    try (TlsServer server =
        TlsServer.start(
            Manner.USUAL,
            peer -> {
              byte[] request = new byte[64];
              DataInputStream in = new DataInputStream(peer.in());
              for (int i = 0; i < 10; i++) {
                in.readFully(request);
                request[40] ^= (byte) (i == 5 ? 1 : 0);
                peer.out().write(request);
              }
            })) {
      Load load = run(server.target(), "-c 1 -n 10");

      assertEquals(5, load.exitCode(), load::err);
      assertEquals(1, load.count("corrupt"));
    }
  }

  @Test
  void handshakesAreTimedApartFromConnects() throws IOException {
    try (TlsServer server = TlsServer.echo();
        StreamServer plain = StreamServer.tcp(StreamServer.Peer::echo)) {
      Load load = valid(server.target(), "-c 2 -n 100 --requests-per-connection 10");
      JsonNode json = load.json();

      long opened = json.at("/connections/opened").asLong();
      assertTrue(opened >= 10, json::toString);
      assertEquals(opened, json.at("/tls_handshake_ns/count").asLong(), json::toString);
      long connected = json.at("/connect_time_ns/count").asLong();
      assertTrue(connected >= opened && connected <= opened + 2, json::toString); // at the end
      assertTrue(json.at("/tls_handshake_ns/min").asLong() > 0, json::toString);
      assertTrue(json.at("/histograms").has("tls_handshake"), json::toString);
      assertEquals(CA, json.at("/environment/flags/ca").asText());
      assertTrue(load.err().contains("TLS handshakes p50 "), load::err);

      Load withoutTls = Load.run(plain.target(), "-c", "1", "-n", "10", "--json", "-");
      assertEquals(0, withoutTls.exitCode(), withoutTls::err);
      assertFalse(withoutTls.json().has("tls_handshake_ns"), withoutTls::out);
      assertFalse(withoutTls.json().at("/histograms").has("tls_handshake"), withoutTls::out);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerMayCloseAfterSoManyMessages(String protocol) throws IOException {
    try (TlsServer server =
        TlsServer.start(
            Manner.USUAL.over(protocol),
            peer -> {
              DataInputStream in = new DataInputStream(peer.in());
              byte[] request = new byte[64];
              for (int i = 0; i < 5; i++) {
                in.readFully(request);
                peer.out().write(request);
              }
            })) {
      Load load = valid(server.target() + "?close-after=5", "-c 2 -n 50");

      assertTrue(load.json().at("/connections/opened").asLong() >= 10, load::out);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aGreetingThatComesWithTheEndOfTheHandshakeIsSeen(String protocol) throws IOException {
    try (TlsServer server =
            TlsServer.start(
                Manner.USUAL.over(protocol),
                peer -> {
                  peer.send("welcome\n");
                  peer.echo();
                });
        ByteRelay relay = new ByteRelay(server.port(), Cut.AT_SILENCE)) {
      valid(relay.target() + "?greeting=welcome%0A", "-c 1 -n 3");
    }
  }

  @Test
  void recordsMayComeByteByByte() throws IOException {
    try (TlsServer server = TlsServer.echo();
        ByteRelay relay = new ByteRelay(server.port(), Cut.EACH_BYTE)) {
      valid(relay.target(), "-c 2 -n 20 -p 4");
    }
  }

  @Test
  void aConnectionThatIsCutOffIsAnErrorOfTls() throws IOException {
    assertOneFails("tls", Peer::cutOff);
  }

  @Test
  void aResetIsOneHereToo() throws IOException {
    assertOneFails("reset", Peer::reset);
  }

  @Test
  void whatComesAfterTheGoodbyeCountsForNothing() throws IOException {
    assertOneFails(
        "closed-early",
        peer -> {
          peer.tls().shutdownOutput();
          peer.raw().getOutputStream().write(new byte[1000]);
        });
  }

  /** The first connection answers once, and then ends as the test says; others go on. */
  private static void assertOneFails(String errorClass, TlsServer.Behaviour end)
      throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (TlsServer server =
        TlsServer.start(
            Manner.USUAL,
            peer -> {
              if (connections.incrementAndGet() > 1) {
                peer.echo();
              }
              byte[] request = new byte[64];
              DataInputStream in = new DataInputStream(peer.in());
              in.readFully(request);
              peer.out().write(request);
              in.readFully(request);
              end.serve(peer);
            })) {
      Load load = run(server.target(), "-c 1 -n 10");

      assertEquals(7, load.exitCode(), load::err);
      assertEquals(1, load.count("errors/" + errorClass), load::out);
      assertEquals(9, load.count("ok"));
    }
  }

  @Test
  void anObjectiveMayBeAboutHandshakes() throws IOException {
    try (TlsServer server = TlsServer.echo()) {
      Load load = run(server.target(), "-c 2 -n 10 --slo handshake.max<1h,handshake.p50<1ns");

      assertEquals(4, load.exitCode(), load::err);
      assertTrue(load.json().at("/slo/0/met").asBoolean(), load::out);
      assertFalse(load.json().at("/slo/1/met").asBoolean(true), load::out);
      long p50 = load.json().at("/tls_handshake_ns/p50").asLong();
      assertEquals(p50, load.json().at("/slo/1/measured").asLong(), load::out);
    }
  }

  @Test
  void whereNoHandshakeSucceedsThereIsNoTest() throws IOException {
    try (StreamServer echo = StreamServer.tcp(StreamServer.Peer::echo);
        StreamServer silent = StreamServer.tcp(peer -> takeAll(peer));
        TlsServer expired = TlsServer.start(Manner.of(Certificates.EXPIRED), Peer::echo);
        TlsServer asking = TlsServer.start(Manner.USUAL.askingForCertificate(), Peer::echo)) {
      noTest(asTls(echo), "5s", "sends back what it gets");
      noTest(asTls(silent), "300ms", "the handshake timed out after 300ms");
      noTest(expired.target(), "5s", "has expired on");
      noTest(asking.target(), "5s", "the server asks for a client certificate");
    }
  }

  private static void takeAll(StreamServer.Peer peer) throws IOException {
    peer.in().transferTo(OutputStream.nullOutputStream());
  }

  private static void noTest(String target, String timeout, String why) {
    Load load = run(target, "-c 3 -n 10 --timeout " + timeout);

    assertEquals(3, load.exitCode(), load::err);
    String line =
        load.err().lines().filter(each -> each.startsWith("sounder: ")).findFirst().orElseThrow();
    assertTrue(line.contains("cannot connect to tls://"), line);
    assertTrue(line.contains(": tls: "), line);
    assertTrue(line.contains(why), line);
  }

  @Test
  void someHandshakesMayFail() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (TlsServer server = TlsServer.echo();
        StreamServer moody =
            StreamServer.tcp(
                peer -> {
                  if (connections.incrementAndGet() > 1) {
                    pass(peer, server.port());
                  }
                })) {
      Load load = run(asTls(moody), "-c 2 -n 20");

      assertEquals(7, load.exitCode(), load::err);
      assertEquals(20, load.count("ok"), load::out);
      assertEquals(1, load.json().at("/connections/errors/tls").asInt(), load::out);
    }
  }

  private static void pass(StreamServer.Peer peer, int port) throws IOException {
    try (Socket onward = new Socket(Loopback.V4, port)) {
      Thread back =
          new Thread(
              () -> {
                try {
                  onward.getInputStream().transferTo(peer.out());
                } catch (IOException e) {
                  return; // the client left
                }
              });
      back.setDaemon(true);
      back.start();
      peer.in().transferTo(onward.getOutputStream());
    }
  }

  @Test
  void aClientCertificateIsShown() throws IOException {
    try (TlsServer server = TlsServer.start(Manner.USUAL.askingForCertificate(), Peer::echo)) {
      valid(
          server.target(),
          "-c 4 -n 400 --cert "
              + Certificates.CLIENT.certificateFile()
              + " --key "
              + Certificates.CLIENT.keyFile());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void aProxyHeaderComesBeforeEverythingElse(String version) throws IOException {
    int bytes = version.equals("v1") ? 0 : 28;
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              takeHeader(peer, bytes);
              peer.echo();
            })) {
      Load load =
          Load.run(
              server.target(), "-c", "4", "-n", "100", "--proxy-protocol", version, "--json", "-");

      assertEquals(0, load.exitCode(), load::err);
      assertEquals(100, load.count("ok"));
      assertEquals(version, load.json().at("/environment/flags/proxy-protocol").asText());
    }
  }

  @Test
  void aProxyHeaderComesBeforeTlsToo() throws IOException {
    try (TlsServer server = TlsServer.echo();
        StreamServer proxied =
            StreamServer.tcp(
                peer -> {
                  takeHeader(peer, 28);
                  pass(peer, server.port());
                })) {
      valid(asTls(proxied), "-c 2 -n 20 --proxy-protocol v2");
    }
  }

  /** So many bytes, or a line. */
  private static void takeHeader(StreamServer.Peer peer, int bytes) throws IOException {
    byte[] one = new byte[1];
    for (int i = 0; bytes == 0 ? one[0] != '\n' : i < bytes; i++) {
      assertEquals(1, peer.in().read(one, 0, 1));
    }
  }

  private static String asTls(StreamServer server) {
    return server.target().replace("tcp:", "tls:");
  }

  private static Load valid(String target, String flags) {
    Load load = run(target, flags);
    assertEquals(0, load.exitCode(), load::err);
    assertEquals("VALID", load.json().at("/verdict").asText(), load::out);
    assertEquals(0, load.unaccounted());
    return load;
  }

  private static Load run(String target, String flags) {
    List<String> line = new ArrayList<>(List.of(target, "--json", "-", "--ca", CA));
    line.addAll(List.of(flags.split(" ")));
    return Load.run(line.toArray(new String[0]));
  }
}
