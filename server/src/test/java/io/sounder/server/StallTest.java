package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.fixture.BlockingCalls;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.LogRecorder;
import io.sounder.server.fixture.Peer;
import io.sounder.server.metrics.Counters;
import io.sounder.server.metrics.ThreadRole;
import io.sounder.server.watch.StallPolicy;
import io.sounder.server.watch.StallWatch;
import io.sounder.server.worker.MessageObserver;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real thread of a running server that stands still, in an observer that is told to. */
@Timeout(30)
class StallTest {
  private static final long WARN_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Counters counters = new Counters();
  private final CountDownLatch release = new CountDownLatch(1);
  private final BlockingQueue<String> fatal = new LinkedBlockingQueue<>();
  private final StallPolicy policy =
      new StallPolicy(WARN_NANOS, 2 * WARN_NANOS, 3 * WARN_NANOS, fatal::add);

  @ParameterizedTest
  @CsvSource({"0, REACTOR", "1, WORKER"})
  void isWarnedOfMakesTheServerUnreadyAndIsFatalInTheEnd(int workers, ThreadRole role)
      throws Exception {
    try (LogRecorder log = LogRecorder.of(StallWatch.class)) {
      Server server = start(workers, "tcp://127.0.0.1:0", this::standStill);
      try (Peer peer = Peer.connect(server.endpoints().get(0))) {
        peer.assertEchoes("fine");
        assertTrue(server.isReady());
        peer.send("!");
        String finding = fatal.poll(20, TimeUnit.SECONDS);
        String name = role == ThreadRole.REACTOR ? "thread reactor has" : "thread worker-1 has";
        assertTrue(finding.startsWith(name + " been stuck for "), finding);
        assertTrue(finding.contains(StallTest.class.getName() + ".standStill"), finding);
        assertTrue(server.stats().contains("ready 0\n"), server::stats);
        assertTrue(server.stats().contains("threads_stuck 1\n"), server::stats);
        assertEquals(1, log.lines().size(), () -> "one warning: " + log.lines());
        release.countDown();
        assertEquals("!", peer.readText(1));
        Eventually.isTrue("ready", server::isReady);
        peer.assertEchoes("fine again");
        assertEquals(1, counters.stalls(role));
      } finally {
        release.countDown();
        server.stop();
      }
      assertEquals(List.of(), List.copyOf(fatal));
      BlockingCalls.take(); // for once, that was on purpose
    }
  }

  @Test
  void isNotSeenInWorkThatWasAskedFor() throws Exception {
    for (int workers = 0; workers < 2; workers++) {
      Server server = start(workers, "tcp://127.0.0.1:0?work=400ms", MessageObserver.NONE);
      try (Peer peer = Peer.connect(server.endpoints().get(0))) {
        peer.assertEchoes("computed for longer than the watch has patience");
        assertEquals(0, counters.stuckThreads());
        assertEquals(0, counters.stalls(ThreadRole.REACTOR) + counters.stalls(ThreadRole.WORKER));
      } finally {
        server.stop();
      }
    }
  }

  private void standStill(Object listener, Object peer, ByteBuffer message) {
    if (message.get(message.position()) == '!') {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Server start(int workers, String url, MessageObserver observer) throws Exception {
    boolean assist = workers == 0;
    ServerOptions options =
        new ServerOptions(
            List.of(ListenerSpec.parse(url)), workers, assist, true, 0, 0, DRAIN_NANOS, 0, 1 << 20);
    return Server.start(options, counters, observer, policy);
  }
}
