package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.Refusal;
import io.sounder.server.fixture.Certificates;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.LogRecorder;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.TlsPeer;
import io.sounder.server.fixture.UdpPeer;
import io.sounder.server.listener.BindFailure;
import io.sounder.server.listener.ConfigurationException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listeners of a server that runs are added, removed and changed; other connections go on. */
@Timeout(30)
class ReloadTest {
  private static final String TCP = "tcp://127.0.0.1:0";
  private static final String UDP = "udp://127.0.0.1:0";

  @TempDir private Path directory;

  @Test
  void addsAListenerBesideThoseThatThereAre() throws Exception {
    try (RunningServer server = RunningServer.on(TCP);
        Peer open = server.connect()) {
      open.assertEchoes("before");
      String kept = server.endpoint().toString();
      assertEquals(
          Optional.of("1 added, 0 removed, 0 changed, 1 unchanged"),
          reload(server, TCP, "tcp://127.0.0.1:0?reply=ok"));
      assertEquals(kept, server.endpoint(0).toString());
      open.assertEchoes("after");
      try (Peer added = server.connect(1)) {
        added.send("a");
        assertEquals("OK...a", added.readText(6));
      }
    }
  }

  @Test
  void removesAListenerEndsItsConnectionsInOrderAndFreesItsPort() throws Exception {
    try (RunningServer server = RunningServer.on(TCP, TCP);
        Peer open = server.connect(0);
        Peer gone = server.connect(1)) {
      open.assertEchoes("before");
      gone.assertEchoes("before");
      Endpoint removed = server.endpoint(1);
      assertEquals(Optional.of("0 added, 1 removed, 0 changed, 1 unchanged"), reload(server, TCP));
      assertThrows(ConnectException.class, () -> Peer.connect(removed).close());
      assertEquals("", gone.readTextToEnd());
      gone.leave();
      server.awaitClosed(CloseReason.LISTENER_REMOVED, 1);
      open.assertEchoes("after");
      for (int i = 0; i < 10; i++) {
        reload(server, TCP, removed.toString());
        reload(server, TCP); // and its port is free at once
      }
    }
  }

  @Test
  void changesAListenerOnTheSocketThatItHas() throws Exception {
    try (RunningServer server = RunningServer.on(TCP + "?reply=ok");
        Peer before = server.connect()) {
      before.send("a");
      assertEquals("OK...a", before.readText(6));
      assertEquals(
          Optional.of("0 added, 0 removed, 1 changed, 0 unchanged"),
          reload(server, TCP + "?reply=text:new"));
      try (Peer after = server.connect()) {
        after.send("a");
        assertEquals("new", after.readText(3));
      }
      before.send("a");
      assertEquals("OK...a", before.readText(6));
    }
  }

  @Test
  void countsWhoIsThereAlreadyAgainstANewLimit() throws Exception {
    try (RunningServer server = RunningServer.on(TCP + "?max-connections=1");
        Peer open = server.connect()) {
      open.assertEchoes("here");
      reload(server, TCP + "?max-connections=2");
      try (Peer second = server.connect()) {
        second.assertEchoes("here, too");
        server.connect().close();
        server.awaitRefused(Refusal.MAX_CONNECTIONS, 1);
      }
    }
  }

  @Test
  void saysWhatASocketThatStaysCannotTakeOver() throws Exception {
    try (LogRecorder log = LogRecorder.of(ListenerChange.class);
        RunningServer server = RunningServer.on(TCP + "?backlog=10&rcvbuf=64KiB")) {
      reload(server, TCP + "?backlog=20&reuse-port=on");
      assertEquals(
          List.of(
              server.endpoint()
                  + " keeps its socket, so that backlog and rcvbuf and reuse-port will change with a restart only"),
          log.lines(Level.WARN));
    }
  }

  @Test
  void changesNothingIfOneOfThoseThatAreAddedCannotBeOpened() throws Exception {
    try (RunningServer server = RunningServer.on(TCP);
        Peer open = server.connect();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int free = freePort();
      String first = "tcp://127.0.0.1:" + free;
      String second = "tcp://127.0.0.1:" + taken.getLocalPort();
      BindFailure failure =
          assertThrows(BindFailure.class, () -> reload(server, TCP + "?reply=ok", first, second));
      assertTrue(failure.getMessage().contains(second), failure.getMessage());
      assertEquals(1, server.server().endpoints().size());
      open.assertEchoes("still");
      try (Peer added = server.connect()) {
        added.assertEchoes("and with the old settings");
      }
      assertClosed(free);
    }
  }

  private static void assertClosed(int port) {
    assertThrows(
        ConnectException.class,
        () -> Peer.connect(Endpoint.inet(Scheme.TCP, "127.0.0.1", port)).leave(),
        "what was opened in vain is closed again");
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void changesNothingIfListenersAskForWhatCannotBeHad() throws Exception {
    try (RunningServer server = RunningServer.on(TCP)) {
      for (String wrong :
          List.of(
              "?max-connections=100000000",
              "?proxy-protocol=required",
              "?cert=no.pem&key=no.pem")) {
        String scheme = wrong.contains("cert") ? "tls" : "tcp";
        String host = wrong.contains("proxy") ? "0.0.0.0" : "127.0.0.1";
        assertThrows(
            ConfigurationException.class,
            () -> reload(server, TCP + "?reply=ok", scheme + "://" + host + ":0" + wrong),
            wrong);
      }
      try (Peer peer = server.connect()) {
        peer.assertEchoes("as before");
      }
    }
  }

  @Test
  void readsCertificatesAgainForConnectionsThatBeginFromThenOn() throws Exception {
    putCertificate("server");
    String listener =
        "tls://127.0.0.1:0?cert="
            + directory.resolve("c.pem")
            + "&key="
            + directory.resolve("k.pem");
    try (RunningServer server = RunningServer.on(listener);
        Peer first = server.connect()) {
      assertEquals("EC", keyAlgorithm(server));
      first.assertEchoes("before");
      putCertificate("rsa");
      assertEquals("EC", keyAlgorithm(server), "nobody asked for it to be read");
      assertEquals(
          Optional.of("0 added, 0 removed, 0 changed, 1 unchanged; certificates read: 1"),
          reload(server, listener));
      assertEquals("RSA", keyAlgorithm(server));
      first.assertEchoes("with the keys that it has");
      Files.writeString(directory.resolve("c.pem"), "no certificate");
      assertThrows(ConfigurationException.class, () -> reload(server, listener));
      assertEquals("RSA", keyAlgorithm(server));
    }
  }

  private void putCertificate(String name) throws Exception {
    Files.copy(
        Certificates.file(name + ".pem"),
        directory.resolve("c.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.copy(
        Certificates.file(name + "-key.pem"),
        directory.resolve("k.pem"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String keyAlgorithm(RunningServer server) throws Exception {
    Endpoint plain = Endpoint.inet(Scheme.TCP, "127.0.0.1", server.endpoint().port());
    try (Peer peer = Peer.connect(plain)) {
      TlsPeer tls = new TlsPeer(peer, "TLSv1.3").shakeHands(Thread::yield);
      return tls.engine().getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm();
    }
  }

  @Test
  void letsTlsComeAndGoOnAPort() throws Exception {
    try (RunningServer server = RunningServer.on(TCP);
        Peer plain = server.connect()) {
      plain.assertEchoes("plain");
      int port = server.endpoint().port();
      String tls = "tls://127.0.0.1:" + port + "?" + Certificates.keys("server");
      // port 0 was asked for at the start, so that is where it is found
      reload(server, "tls://127.0.0.1:0?" + Certificates.keys("server"));
      assertEquals(tls.substring(0, tls.indexOf('?')), server.endpoint().toString());
      try (Peer secure = server.connect()) {
        secure.assertEchoes("secret");
      }
      plain.assertEchoes("still plain");
    }
  }

  @Test
  void learnsAndForgetsWhichUdpPortsAreItsOwn() throws Exception {
    try (RunningServer server = RunningServer.on(UDP)) {
      reload(server, UDP, UDP);
      int added = server.endpoint(1).port();
      try (UdpPeer asAdded = UdpPeer.from("127.0.0.2", added, server.endpoint(0))) {
        asAdded.send("loop?");
        server.awaitDropped(DatagramDrop.OWN_SOURCE_PORT, 1);
        reload(server, UDP);
        Eventually.isTrue(
            "answered",
            () -> {
              try {
                asAdded.send("hello");
                return asAdded.receiveNow() != null;
              } catch (java.io.IOException e) {
                return false;
              }
            });
      }
    }
  }

  @Test
  void changesAUdpListenerOnTheSocketThatItHas() throws Exception {
    try (RunningServer server = RunningServer.on(UDP + "?reply=ok");
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      peer.send("a");
      assertEquals("OK...a", peer.receiveText());
      reload(server, UDP + "?reply=text:new");
      peer.send("a");
      assertEquals("new", peer.receiveText());
    }
  }

  @Test
  void keepsTheFileOfAUnixSocketAsLongAsSomethingListensThere() throws Exception {
    Path file = directory.resolve("s.sock");
    String unix = "unix://" + file;
    try (RunningServer server = RunningServer.on(unix, TCP)) {
      Object identity = Files.getAttribute(file, "unix:ino");
      reload(server, unix, TCP);
      reload(server, unix + "?reply=ok", TCP);
      assertEquals(identity, Files.getAttribute(file, "unix:ino"), "the same socket");
      reload(server, TCP);
      assertFalse(Files.exists(file));
    }
  }

  @Test
  void keepsFaultsOfARunningListenerUnlessTheFileChangesIt() throws Exception {
    try (RunningServer server = RunningServer.on(TCP + "?drop=1&seed=1")) {
      server.server().faults().change(server.endpoint() + "?drop=7&seed=1");
      reload(server, TCP + "?drop=1&seed=1");
      assertEquals(
          server.endpoint() + "?drop=7&seed=1\n", server.server().faults().list(), "unchanged");
      reload(server, TCP + "?drop=2&seed=1");
      assertEquals(server.endpoint() + "?drop=2&seed=1\n", server.server().faults().list());
    }
  }

  @Test
  void changesNothingOnceItIsAskedToStop() throws Exception {
    try (RunningServer server = RunningServer.on(TCP);
        Peer peer = server.connect()) {
      peer.assertEchoes("here");
      server.server().requestDrain();
      int free = freePort();
      assertEquals(Optional.empty(), reload(server, TCP, "tcp://127.0.0.1:" + free));
      assertClosed(free);
      assertEquals(1, server.server().endpoints().size());
      peer.leave();
      server.server().awaitTermination();
      assertEquals(Optional.empty(), reload(server, TCP, TCP), "nor when it has ended");
    }
  }

  @Test
  void namesTheReasonWhereWhatIsRemovedHasThePort() throws Exception {
    try (RunningServer server = RunningServer.on(TCP)) {
      String same = "tcp://localhost:" + server.endpoint().port();
      BindFailure failure = assertThrows(BindFailure.class, () -> reload(server, same));
      assertTrue(
          failure.getMessage().contains("reload without the new one first"), failure.getMessage());
    }
  }

  private static Optional<String> reload(RunningServer server, String... listeners)
      throws ConfigurationException, BindFailure, InterruptedException {
    return server
        .server()
        .reload(
            ServerOptions.of(
                Arrays.stream(listeners).map(ListenerSpec::parse).toArray(ListenerSpec[]::new)));
  }
}
