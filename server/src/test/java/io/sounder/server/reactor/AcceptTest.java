package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Peer;
import io.sounder.server.metrics.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
