package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.server.fixture.Peer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults that are changed while connections are open. */
@Timeout(30)
class FaultChangeTest {
  private static final String ANY = "tcp://127.0.0.1:0?";
  private static final Duration MS = Duration.ofMillis(1);

  @Test
  void leavesTheWaitingRepliesTheirTimeWhenTheFaultsAreOthers() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "delay=10ms");
        Peer peer = server.connect();
        Peer other = server.connect()) {
      server.send(peer, "before");
      server.inject("");
      server.send(other, "after");
      assertEquals("after", other.readText(5));
      assertEquals(5, server.tally().bytesSent());
      server.moveOn(MS.multipliedBy(10));
      assertEquals("before", peer.readText(6));
      server.send(peer, "again");
      assertEquals("again", peer.readText(5));
    }
  }

  @Test
  void beginsToInjectOnConnectionsThatAreOpen() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0");
        Peer peer = server.connect()) {
      server.send(peer, "before");
      assertEquals("before", peer.readText(6));
      server.inject("drop=100");
      server.send(peer, "dropped");
      assertEquals(1, server.injected(Fault.DROP));
      assertEquals(6, server.tally().bytesSent());
    }
  }

  @Test
  void numbersConnectionsAnewWhenTheFaultsAreSetAgain() throws Exception {
    String keys = "framing=line&drop=50&seed=4";
    String messages = "m\n".repeat(64);
    try (SteppedReactor server = new SteppedReactor(ANY + keys);
        Peer first = server.connect();
        Peer second = server.connect()) {
      int droppedFirst = dropped(server, first, messages);
      int droppedSecond = dropped(server, second, messages);
      server.inject("drop=50&seed=4");
      try (Peer third = server.connect();
          Peer fourth = server.connect()) {
        assertEquals(droppedFirst, dropped(server, third, messages));
        assertEquals(droppedSecond, dropped(server, fourth, messages));
      }
    }
  }

  private static int dropped(SteppedReactor server, Peer peer, String messages) throws Exception {
    long before = server.injected(Fault.DROP);
    server.send(peer, messages);
    return (int) (server.injected(Fault.DROP) - before);
  }
}
