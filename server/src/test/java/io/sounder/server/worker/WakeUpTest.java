package io.sounder.server.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.connection.SourceGuard;
import io.sounder.server.guard.OwnPorts;
import io.sounder.server.metrics.Counters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers that park, and a reactor that hands something over just then. */
@Timeout(60)
class WakeUpTest {
  private static final int ROUNDS = 20_000;
  private static final int LONGEST_PAUSE_SPINS = 2_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Light ones without the reactor's help, and heavy ones, have nobody but a worker. */
  @ParameterizedTest
  @CsvSource({"1, false, 0", "2, false, 0", "1, true, 2ms", "2, true, 2ms"})
  void losesNoWakeUp(int workers, boolean assist, String work) throws Exception {
    Counters counters = new Counters();
    WorkerPool pool =
        new WorkerPool(
            workers,
            assist,
            1 << 20,
            NanoClock.SYSTEM,
            counters,
            MessageObserver.NONE,
            letGo -> {
              throw new AssertionError("nothing is asked of the reactor here");
            },
            () -> false);
    ListenerSpec spec =
        ListenerSpec.parse("udp://127.0.0.1:0" + (work.equals("0") ? "" : "?work=" + work));
    Listener listener = new Listener(spec, spec.endpoint(), 1, "host", InstantSource.system());
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel.configureBlocking(false);
      DatagramPort port =
          new DatagramPort(
              channel, listener, new SourceGuard(AccessList.ANY, new OwnPorts(), Set.of(), true));
      port.onArmed(Interest.READ);
      pool.start();
      Random random = new Random(workers);
      for (int round = 0; round < ROUNDS; round++) {
        assertTrue(port.tryHand());
        assertTrue(pool.tryOffer(port));
        pool.wakeIfItPays();
        awaitReleased(port, round);
        for (int i = random.nextInt(LONGEST_PAUSE_SPINS); i > 0; i--) {
          Thread.onSpinWait(); // now shorter, now longer than a worker takes to park
        }
      }
      assertTrue(counters.wakeUps(true) > 0, "workers must have parked in between");
    } finally {
      pool.stop();
      assertTrue(pool.awaitTermination(PATIENCE_NANOS));
    }
    assertEquals(0, pool.queued());
  }

  private static void awaitReleased(DatagramPort port, int round) {
    long untilNanos = System.nanoTime() + PATIENCE_NANOS;
    while (!port.isIdle()) {
      assertTrue(untilNanos - System.nanoTime() > 0, () -> "nobody woke in round " + round);
      Thread.onSpinWait();
    }
  }
}
