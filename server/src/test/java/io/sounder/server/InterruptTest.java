package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread with an interrupt on it never waits again, but spins, unless it puts that away. */
@Timeout(20)
class InterruptTest {
  private static final Set<String> NAMES =
      Set.of("reactor", "worker-1", "idle-sampler", "stall-watch");

  @Test
  void isPutAwayByEveryThreadOfTheServer() throws Exception {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    try (RunningServer server = RunningServer.with(1, true, "tcp://127.0.0.1:0");
        Peer peer = server.connect()) {
      List<Thread> threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !before.contains(thread) && NAMES.contains(thread.getName()))
              .toList();
      assertEquals(NAMES, threads.stream().map(Thread::getName).collect(Collectors.toSet()));
      for (Thread thread : threads) {
        thread.interrupt();
        Eventually.isTrue(
            thread.getName() + " has put the interrupt away", () -> !thread.isInterrupted());
      }
      peer.assertEchoes("served as before");
    }
  }
}
