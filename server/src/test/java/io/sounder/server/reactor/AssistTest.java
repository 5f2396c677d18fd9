package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long the reactor works on what a select brought before it selects again. */
@Timeout(20)
class AssistTest {
  private static final int PEERS = 64;
  private static final int ROUNDS = 10; // in one of them at least, all is there at the first look
  private static final int PATIENCE = 10_000;
  private static final String LISTENER = "tcp://127.0.0.1:0?idle-timeout=off";

  private final List<Peer> peers = new ArrayList<>();

  @AfterEach
  void hangUp() throws Exception {
    for (Peer peer : peers) {
      peer.close();
    }
  }

  /** The most that a single cycle answered, when all peers had sent before it. */
  private int mostAnsweredInACycle(SteppedReactor server) throws Exception {
    while (peers.size() < PEERS) {
      peers.add(server.connect());
    }
    long most = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long all = server.tally().replies() + PEERS;
      for (Peer peer : peers) {
        peer.send("?");
      }
      for (int cycle = 0; cycle < PATIENCE && server.tally().replies() < all; cycle++) {
        long before = server.tally().replies();
        server.step();
        most = Math.max(most, server.tally().replies() - before);
      }
      assertEquals(all, server.tally().replies());
      for (Peer peer : peers) {
        peer.readText(1);
      }
    }
    return (int) most;
  }

  @Test
  void worksOnAllThatASelectBroughtIfNothingElseIsToBeDone() throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER)) {
      server.clock.setLookCost(Duration.ofNanos(100_000));
      assertEquals(PEERS, mostAnsweredInACycle(server));
    }
  }

  @Test
  void selectsAfterSomeMillisecondsWhateverIsLeft() throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER)) {
      server.clock.setLookCost(Duration.ofMillis(5));
      int most = mostAnsweredInACycle(server);
      assertTrue(most < PEERS, "answered " + most + " in 16 ms and a turn");
    }
  }

  @Test
  void selectsAfterAMillisecondIfSomebodyHasAskedForSomething() throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER)) {
      server.clock.setLookCost(Duration.ofNanos(100_000));
      assertEquals(PEERS, mostAnsweredInACycle(server));

      List<Integer> seen = new ArrayList<>();
      server.clock.onLook(
          () -> {
            if (seen.isEmpty()) {
              seen.add(1);
              server.reactor.request(() -> seen.clear());
            }
          });
      int most = mostAnsweredInACycle(server);
      assertTrue(most < PEERS, "answered " + most + " while a call was waiting");
    }
  }
}
