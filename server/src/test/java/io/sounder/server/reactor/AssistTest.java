package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private static final Duration SHORT = Duration.ofNanos(100_000);

  private final List<Peer> peers = new ArrayList<>();
  private final List<Peer> others = new ArrayList<>();

  @AfterEach
  void hangUp() throws Exception {
    for (Peer peer : peers) {
      peer.close();
    }
    for (Peer other : others) {
      other.close();
    }
  }

  private int mostAnsweredInACycle(SteppedReactor server, Duration perLook) throws Exception {
    return mostAnsweredInACycle(server, perLook, () -> {}, () -> {});
  }

  /**
   * The most that a single cycle answered, when all peers had sent before it.
   *
   * @param perLook how long each look at the clock takes from then on
   */
  private int mostAnsweredInACycle(
      SteppedReactor server, Duration perLook, Event beforeSending, Event afterwards)
      throws Exception {
    while (peers.size() < PEERS) {
      peers.add(server.connect());
    }
    long most = 0;
    for (int round = 0; round < ROUNDS; round++) {
      server.clock.setLookCost(Duration.ZERO);
      beforeSending.happen();
      long all = server.tally().replies() + PEERS;
      for (Peer peer : peers) {
        peer.send("?");
      }
      afterwards.happen();
      server.clock.setLookCost(perLook);
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
      assertEquals(PEERS, mostAnsweredInACycle(server, SHORT));
    }
  }

  @Test
  void selectsAfterSomeMillisecondsWhateverIsLeft() throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER)) {
      int most = mostAnsweredInACycle(server, Duration.ofMillis(5));
      assertTrue(most < PEERS, "answered " + most + " in 16 ms and a turn");
    }
  }

  @Test
  void selectsSoonerIfADeadlineHasPassed() throws Exception {
    try (SteppedReactor server =
        new SteppedReactor(LISTENER, "tcp://127.0.0.1:0?idle-timeout=2ms")) {
      int most = mostAnsweredInACycle(server, SHORT, () -> others.add(server.connect(1)), () -> {});
      assertTrue(most < PEERS, "answered " + most + " while a time-out was due");
    }
  }

  @Test
  void selectsAfterAMillisecondWhileConnectionsCome() throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER)) {
      int most =
          mostAnsweredInACycle(
              server, SHORT, () -> {}, () -> others.add(Peer.connect(server.endpoint(0))));
      assertTrue(most < PEERS, "answered " + most + " while somebody wanted to connect");
    }
  }

  @Test
  void selectsAfterAMillisecondIfSomebodyHasAskedForSomething() throws Exception {
    try (SteppedReactor server = new SteppedReactor(LISTENER)) {
      AtomicBoolean waits = new AtomicBoolean();
      server.clock.onLook(
          () -> {
            if (waits.compareAndSet(false, true)) {
              server.reactor.request(() -> waits.set(false));
            }
          });
      int most = mostAnsweredInACycle(server, SHORT);
      assertTrue(most < PEERS, "answered " + most + " while a call was waiting");
    }
  }

  private interface Event {
    void happen() throws IOException;
  }
}
