package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.UdpPeer;
import io.sounder.server.listener.ConfigurationException;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UDP: exact, one reply or none, and none to whom an answer could be abused. */
@Timeout(30)
class DatagramTest {
  private static final int LARGEST = 65_507;

  @ParameterizedTest
  @ValueSource(strings = {"udp://127.0.0.1:0", "udp://[::1]:0"})
  void comesBackByteForByte(String url) throws Exception {
    Random random = new Random(1);
    try (RunningServer server = RunningServer.on(url);
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      for (int size : new int[] {0, 1, 2, 1_472, 1_473, 9_000, 65_506, LARGEST, 0}) {
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        assertArrayEquals(payload, peer.send(payload).receive());
      }
      Eventually.equal(9, "datagrams", () -> server.counters().datagrams());
      Eventually.equal(9, "replies", server::replies);
    }
  }

  @Test
  void answersEachOfManyOnce() throws Exception {
    try (RunningServer server = RunningServer.on("udp://127.0.0.1:0");
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 100; i++) {
          peer.send(round + "/" + i);
        }
        for (int i = 0; i < 100; i++) {
          assertEquals(round + "/" + i, peer.receiveText());
        }
      }
      assertTrue(peer.hasNothing());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          reply=text:Hi              | hello            | Hi
          reply=ok                   | hello            | OK...hello
          reply=count                | hello            | You entered 5 characters. \\n
          framing=line&reply=ok      | hello\\r\\n      | OK...hello\\r\\n
          framing=line&reply=ok      | hello            | OK...hello
          framing=length&reply=ok    | \\0\\0\\0\\2hi   | \\0\\0\\0\\7OK...hi
          reply=text:{n}             | x                | 1
          """)
  void answersAsItsListenerSays(String keys, String sent, String expected) throws Exception {
    try (RunningServer server = RunningServer.on("udp://127.0.0.1:0?" + keys);
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      assertEquals(expected.translateEscapes(), peer.send(sent.translateEscapes()).receiveText());
    }
  }

  @Test
  void tellsTheTimeToAnEmptyDatagram() throws Exception {
    try (RunningServer server = RunningServer.on("udp://127.0.0.1:0?reply=time");
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      assertEquals(4, peer.send("").receive().length);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          framing=length                | \\0\\0\\0\\3ab    | MALFORMED
          framing=length                | \\0\\0\\0\\1ab    | MALFORMED
          framing=length                | abc               | MALFORMED
          framing=length&max-frame=4B   | \\0\\0\\0\\5abcde | TOO_LONG
          framing=line&max-frame=4B     | abcde\\n          | TOO_LONG
          allow=10.0.0.0/8              | hello             | ACCESS
          """)
  void dropsWhatItMayNotAnswerAndCountsIt(String keys, String sent, DatagramDrop reason)
      throws Exception {
    try (RunningServer server = RunningServer.on("udp://127.0.0.1:0?" + keys);
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      peer.send(sent.translateEscapes());
      server.awaitDropped(reason, 1);
      Eventually.equal(1, "datagrams", () -> server.counters().datagrams());
      assertTrue(peer.hasNothing());
    }
  }

  @Test
  void countsAReplyThatFitsNoDatagram() throws Exception {
    try (RunningServer server = RunningServer.on("udp://127.0.0.1:0?reply=ok");
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      peer.send(new byte[LARGEST]);
      server.awaitDropped(DatagramDrop.REPLY_TOO_LARGE, 1);
      assertEquals("OK...x", peer.send("x").receiveText());
    }
  }

  @Test
  void neverAnswersItsOwnPorts() throws Exception {
    try (RunningServer server = RunningServer.on("udp://127.0.0.1:0", "udp://127.0.0.2:0")) {
      int own = server.endpoint(1).port();
      assumeTrue(own != server.endpoint(0).port(), "the system chose one port for both");
      try (UdpPeer disguised = UdpPeer.from(own, server.endpoint(0))) {
        disguised.send("from a port of yours");
        server.awaitDropped(DatagramDrop.OWN_SOURCE_PORT, 1);
        assertTrue(disguised.hasNothing());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1900, REFLECTOR_SOURCE_PORT",
    "2049, REFLECTOR_SOURCE_PORT",
    "5353, REFLECTOR_SOURCE_PORT",
    "11211, REFLECTOR_SOURCE_PORT",
    "19, PRIVILEGED_SOURCE_PORT",
    "1023, PRIVILEGED_SOURCE_PORT",
  })
  void neverAnswersPortsThatMightAnswerBack(int port, DatagramDrop reason) throws Exception {
    try (RunningServer server = RunningServer.on("udp://127.0.0.1:0");
        UdpPeer reflector = fromIfPossible(port, server.endpoint())) {
      reflector.send("answer me");
      server.awaitDropped(reason, 1);
      assertTrue(reflector.hasNothing());
    }
  }

  private static UdpPeer fromIfPossible(int port, Endpoint endpoint) throws IOException {
    try {
      return UdpPeer.from(port, endpoint);
    } catch (BindException e) {
      assumeTrue(false, "this test may not, or cannot, send from port " + port + ": " + e);
      throw e;
    }
  }

  @Test
  void sendsNoMoreThanThreeTimesWhatItWasSentBeyondLoopback() throws Exception {
    Optional<String> address = networkAddress();
    assumeTrue(address.isPresent(), "this machine has no IPv4 address beyond loopback");
    String url = "udp://" + address.get() + ":0?allow=any&reply=text:" + "x".repeat(200);
    try (RunningServer server = RunningServer.on(url);
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      peer.send("?");
      server.awaitDropped(DatagramDrop.AMPLIFICATION, 1);
      assertTrue(peer.hasNothing());
      assertEquals(200, peer.send(new byte[60]).receive().length);
    }
  }

  @Test
  void neverAnswersALoopbackSourceBeyondLoopback() throws Exception {
    Optional<String> address = networkAddress();
    assumeTrue(address.isPresent(), "this machine has no IPv4 address beyond loopback");
    Endpoint loopback = Endpoint.inet(Scheme.UDP, "127.0.0.1", 9);
    try (RunningServer server = RunningServer.on("udp://" + address.get() + ":0?allow=any");
        UdpPeer spoofed = UdpPeer.to(loopback)) {
      spoofed.sendTo(server.endpoint(), "I am you");
      server.awaitDropped(DatagramDrop.LOOPBACK_SOURCE, 1);
      assertTrue(spoofed.hasNothing());
    }
  }

  @Test
  void answersFromTheAddressThatWasAskedOnAWildcard() throws Exception {
    Optional<String> address = networkAddress();
    assumeTrue(address.isPresent(), "this machine has no IPv4 address beyond loopback");
    try (RunningServer server =
        RunningServer.on("udp://0.0.0.0:0?allow=any&reply=text:{local.host}")) {
      for (String host : new String[] {"127.0.0.1", address.get()}) {
        Endpoint asked = Endpoint.inet(Scheme.UDP, host, server.endpoint().port());
        try (UdpPeer peer = UdpPeer.to(asked)) {
          assertEquals(host, peer.send("enough for the answer").receiveText());
        }
      }
    }
  }

  @Test
  void refusesToServeBeyondLoopbackWithoutSayingWhom() {
    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> RunningServer.on("udp://0.0.0.0:0"));
    assertTrue(refusal.getMessage().contains("needs allow="), refusal.getMessage());
  }

  @Test
  void answersAtTheEndAllThatHasArrived() throws Exception {
    int count = 500; // several turns' worth
    try (RunningServer server = RunningServer.with(1, false, "udp://127.0.0.1:0?work=100us");
        UdpPeer peer = UdpPeer.to(server.endpoint())) {
      for (int i = 0; i < count; i++) {
        peer.send("datagram " + i);
      }
      server.server().stop();
      for (int i = 0; i < count; i++) {
        assertEquals("datagram " + i, peer.receiveText());
      }
    }
  }

  private static Optional<String> networkAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .map(address -> address.getHostAddress())
        .findFirst();
  }
}
