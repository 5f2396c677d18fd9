package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Refusal;
import io.sounder.server.fixture.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in, how many at once, and who is not. */
@Timeout(20)
class AcceptTest {
  @Test
  void closesTheConnectionAboveTheLimitAndCountsIt() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?max-connections=2");
        Peer first = server.connect();
        Peer second = server.connect();
        Peer third = server.connect()) {
      assertArrayEquals(new byte[0], third.readToEnd());
      assertEquals(1, server.counters.refused(Refusal.MAX_CONNECTIONS));
      assertEquals(2, server.counters.open());
      for (Peer served : List.of(first, second)) {
        served.send("x");
        server.step();
        assertEquals("x", served.readText(1));
      }
    }
  }

  @Test
  void letsTheNextOneInWhenOneHasLeft() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?max-connections=1")) {
      for (int i = 1; i <= 3; i++) {
        Peer only = server.connect();
        only.leave();
        int gone = i;
        server.stepUntil("gone", () -> server.counters.closed(CloseReason.PEER_CLOSED) == gone);
      }
      assertEquals(0, server.counters.refused(Refusal.MAX_CONNECTIONS));
      assertEquals(0, server.counters.open());
    }
  }

  @Test
  void closesWhoIsNotAllowedBeforeAByteIsReadAndCountsIt() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor("tcp://127.0.0.1:0?allow=10.0.0.0/8&greeting=hello");
        Peer stranger = server.connect()) {
      assertArrayEquals(new byte[0], stranger.readToEnd());
      assertEquals(1, server.counters.refused(Refusal.ACCESS));
      assertEquals(0, server.reactor.pool().reactorTally().bytesReceived());
    }
  }

  @Test
  void doesNotCountWhoIsNotAllowedAmongTheConnections() throws Exception {
    try (SteppedReactor server =
        new SteppedReactor("tcp://[::]:0?allow=::1&max-connections=1", "tcp://127.0.0.1:0")) {
      int port = server.endpoint(0).port();
      for (int i = 0; i < 3; i++) { // over IPv4, on a socket for both families
        Peer.connect(server.endpoint(1).withPort(port)).leave();
        server.step();
      }
      server.stepUntil("refused", () -> server.counters.refused(Refusal.ACCESS) == 3);
      try (Peer invited = Peer.connect(Endpoint.inet(Scheme.TCP, "::1", port))) {
        invited.send("x");
        server.stepUntil("served", () -> server.reactor.pool().reactorTally().replies() == 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:0?deny=127.0.0.2,            127.0.0.2, 127.0.0.3",
    "tcp://127.0.0.1:0?allow=any&deny=127.0.0.2/31, 127.0.0.3, 127.0.0.4",
    "tcp://127.0.0.1:0?allow=127.0.0.0/8&deny=::ffff:127.0.0.2, 127.0.0.2, 127.0.0.3",
    "tcp://[::]:0?deny=127.0.0.2,                 127.0.0.2, 127.0.0.3",
  })
  void deniesBeforeAByteIsReadWhateverIsAllowedAndMappedAddressesToo(
      String listener, String denied, String other) throws Exception {
    try (SteppedReactor server = new SteppedReactor(listener + "&greeting=hello");
        Peer stranger = server.connectFrom(denied);
        Peer guest = server.connectFrom(other)) {
      assertArrayEquals(new byte[0], stranger.readToEnd());
      assertEquals("hello", guest.readText(5));
      assertEquals(1, server.counters.refused(Refusal.ACCESS));
      assertEquals(1, server.counters.open());
    }
  }

  @Test
  void closesTheConnectionAboveTheLimitOfItsIpAndLeavesOthersAlone() throws Exception {
    List<Peer> peers = new ArrayList<>();
    try (SteppedReactor server = new SteppedReactor("tcp://[::]:0?max-connections-per-ip=100")) {
      for (int i = 0; i < 100; i++) {
        peers.add(server.connectFrom("127.0.0.2"));
      }
      assertEquals(100, server.counters.open());
      try (Peer oneTooMany = server.connectFrom("127.0.0.2");
          Peer other = server.connectFrom("127.0.0.3")) {
        assertArrayEquals(new byte[0], oneTooMany.readToEnd());
        assertEquals(1, server.counters.refused(Refusal.MAX_CONNECTIONS_PER_IP));
        other.send("x");
        server.stepUntil("served", () -> server.tally().replies() == 1);
        peers.remove(0).leave();
        server.stepUntil("gone", () -> server.counters.closed() == 1);
        peers.add(server.connectFrom("127.0.0.2"));
        assertEquals(101, server.counters.open());
      }
    } finally {
      for (Peer peer : peers) {
        peer.leave();
      }
    }
  }

  @Test
  void countsForNoIpWhomTheListenerHasNoRoomFor() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor("tcp://127.0.0.1:0?max-connections=1&max-connections-per-ip=1");
        Peer first = server.connectFrom("127.0.0.2")) {
      try (Peer refused = server.connectFrom("127.0.0.3")) {
        assertArrayEquals(new byte[0], refused.readToEnd());
        assertEquals(1, server.counters.refused(Refusal.MAX_CONNECTIONS));
      }
      first.leave();
      server.stepUntil("gone", () -> server.counters.closed() == 1);
      try (Peer again = server.connectFrom("127.0.0.3")) {
        again.send("x");
        server.stepUntil("served", () -> server.tally().replies() == 1);
      }
    }
  }

  @Test
  void letsAnIpBeginOnlySoManyConnectionsASecond() throws Exception {
    List<Peer> peers = new ArrayList<>();
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?accept-rate-per-ip=4")) {
      for (int i = 0; i < 6; i++) {
        peers.add(server.connectFrom("127.0.0.2"));
      }
      assertEquals(4, server.counters.open());
      assertEquals(2, server.counters.refused(Refusal.ACCEPT_RATE_PER_IP));
      peers.add(server.connectFrom("127.0.0.3"));
      assertEquals(5, server.counters.open());
      server.advance(Duration.ofMillis(250));
      peers.add(server.connectFrom("127.0.0.2"));
      assertEquals(6, server.counters.open());
      peers.add(server.connectFrom("127.0.0.2"));
      assertEquals(6, server.counters.open());
      assertEquals(3, server.counters.refused(Refusal.ACCEPT_RATE_PER_IP));
    } finally {
      for (Peer peer : peers) {
        peer.leave();
      }
    }
  }

  @Test
  void acceptsOnlySoManyInACycle() throws Exception {
    List<Peer> storm = new ArrayList<>();
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0")) {
      for (int i = 0; i < 40; i++) {
        storm.add(Peer.connect(server.endpoint(0)));
      }
      server.step();
      assertEquals(Acceptor.MAX_ACCEPTS_PER_CYCLE, server.counters.accepted());
      server.step();
      assertEquals(2 * Acceptor.MAX_ACCEPTS_PER_CYCLE, server.counters.accepted());
      server.stepUntil("all accepted", () -> server.counters.accepted() == 40);
    } finally {
      for (Peer peer : storm) {
        peer.leave();
      }
    }
  }

  @Test
  void survivesAPeerThatIsGoneBeforeItIsAccepted() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?greeting=hello")) {
      Peer.connect(server.endpoint(0)).reset();
      server.stepUntil("closed", () -> server.counters.closed(CloseReason.RESET) == 1);
      assertEquals(0, server.counters.open());
      try (Peer next = server.connect()) {
        assertEquals("hello", next.readText(5));
      }
    }
  }
}
