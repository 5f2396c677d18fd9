package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does the work. */
@Timeout(60)
class WorkSharingTest {
  private static final int CONNECTIONS = 16;
  private static final int ROUNDS = 50;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void onlyWorkersMakeRepliesWithoutAssist(int workers) throws Exception {
    try (RunningServer server = RunningServer.with(workers, false, "tcp://127.0.0.1:0")) {
      converse(server);
      Eventually.equal(CONNECTIONS * ROUNDS, "workers' replies", server::workerReplies);
      assertEquals(0, server.reactorReplies());
      assertEquals(0, server.server().pool().reactorTally().bytesReceived());
    }
  }

  @Test
  void onlyTheReactorMakesRepliesWithoutWorkers() throws Exception {
    try (RunningServer server = RunningServer.with(0, true, "tcp://127.0.0.1:0")) {
      converse(server);
      Eventually.equal(CONNECTIONS * ROUNDS, "reactor's replies", server::reactorReplies);
      assertTrue(server.server().pool().workerTallies().isEmpty());
    }
  }

  @Test
  void bothTogetherMakeEachReplyOnce() throws Exception {
    try (RunningServer server = RunningServer.with(2, true, "tcp://127.0.0.1:0")) {
      converse(server);
      Eventually.equal(CONNECTIONS * ROUNDS, "all replies", server::replies);
    }
  }

  @Test
  void heavyRepliesAreMadeByWorkersAlone() throws Exception {
    try (RunningServer server = RunningServer.with(1, true, "tcp://127.0.0.1:0?work=2ms");
        Peer peer = server.connect()) {
      for (int i = 0; i < 20; i++) {
        peer.assertEchoes("heavy");
      }
      Eventually.equal(20, "workers' replies", server::workerReplies);
      assertEquals(0, server.reactorReplies());
    }
  }

  @Test
  void heavyRepliesAreMadeByTheReactorWhereThereIsNobodyElse() throws Exception {
    try (RunningServer server = RunningServer.with(0, true, "tcp://127.0.0.1:0?work=2ms");
        Peer peer = server.connect()) {
      peer.assertEchoes("heavy");
      Eventually.equal(1, "reactor's replies", server::reactorReplies);
    }
  }

  /** Each message of the heavy listener takes half a second, and eight are waiting. */
  @Test
  void aHeavyListenerDoesNotHoldUpAnother() throws Exception {
    try (RunningServer server =
        RunningServer.with(1, true, "tcp://127.0.0.1:0?work=500ms", "tcp://127.0.0.1:0")) {
      List<Peer> heavy = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        heavy.add(server.connect(0).send("slow"));
      }
      try (Peer light = server.connect(1)) {
        long begunNanos = System.nanoTime();
        for (int i = 0; i < 200; i++) {
          light.assertEchoes("quick");
        }
        long tookNanos = System.nanoTime() - begunNanos;
        assertTrue(
            tookNanos < Duration.ofMillis(1500).toNanos(),
            () -> "200 echoes took " + TimeUnit.NANOSECONDS.toMillis(tookNanos) + " ms");
      }
      for (Peer peer : heavy) {
        peer.leave();
      }
    }
  }

  @Test
  void pipelinedHeavyMessagesTakeTurnsWithThoseOfOthers() throws Exception {
    try (RunningServer server =
            RunningServer.with(1, true, "tcp://127.0.0.1:0?framing=line&work=20ms");
        Peer greedy = server.connect();
        Peer modest = server.connect()) {
      greedy.send("x\n".repeat(500)); // ten seconds of work
      greedy.read(2);
      modest.assertEchoes("and me?\n");
    }
  }

  private static void converse(RunningServer server) throws Exception {
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      peers.add(server.connect());
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Peer peer : peers) {
        peer.send("hello");
      }
      for (Peer peer : peers) {
        assertEquals("hello", peer.readText(5));
      }
    }
    for (Peer peer : peers) {
      peer.leave();
    }
  }
}
