package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Peer;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The orderly end, step by step. */
@Timeout(20)
class DrainTest {
  private static final Duration SWEEP = Duration.ofMillis(10);
  private static final int NOT_YET = -1;

  private final AtomicInteger cutOff = new AtomicInteger(NOT_YET);

  @Test
  void answersAFrameThatHasArrivedBehindOneThatWasBegun() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?framing=length");
        Peer peer = server.connect()) {
      ByteBuffer frame = ByteBuffer.allocate(50_000).putInt(50_000 - 4);
      peer.send(Arrays.copyOf(frame.array(), 1000));
      server.stepUntil("begun", () -> server.reactor.pool().reactorTally().bytesReceived() > 0);
      peer.send(Arrays.copyOfRange(frame.array(), 1000, 50_000));
      drain(server, Duration.ofSeconds(10));
      server.stepUntil("answered", () -> server.reactor.pool().reactorTally().replies() == 1);
      server.step();
      assertArrayEquals(frame.array(), peer.readToEnd());
      peer.leave();
      sweepUntilDrained(server);
      assertEquals(0, cutOff.get());
      assertEquals(1, server.counters.closed(CloseReason.DRAIN));
    }
  }

  @Test
  void endsAConnectionThatWaitsForNothing() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0");
        Peer peer = server.connect()) {
      drain(server, Duration.ofSeconds(10));
      server.step();
      assertArrayEquals(new byte[0], peer.readToEnd());
      peer.leave();
      sweepUntilDrained(server);
      assertEquals(1, server.counters.closed(CloseReason.DRAIN));
    }
  }

  @Test
  void takesNobodyInAnyMore() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0");
        Peer last = server.connect()) {
      drain(server, Duration.ofSeconds(10));
      server.step(); // what is closed is let go of with the next select
      assertThrows(ConnectException.class, () -> Peer.connect(server.endpoint(0)).leave());
      assertEquals(1, server.counters.accepted());
      assertArrayEquals(new byte[0], last.readToEnd());
    }
  }

  @Test
  void cutsOffAPeerThatDoesNotTakeItsReplies() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?sndbuf=4KiB&rcvbuf=16KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      server.sendUntilStuck(peer, new byte[64 << 10]);
      drain(server, Duration.ofSeconds(10));
      server.advance(Duration.ofSeconds(10).minusNanos(1));
      assertEquals(NOT_YET, cutOff.get());
      server.advance(SWEEP);
      assertEquals(1, cutOff.get());
      assertEquals(1, server.counters.closed(CloseReason.DRAIN_TIMEOUT));
    }
  }

  @Test
  void doesNotWaitLongerThanItMayForAConnectionThatStillWaitsForAnOwner() throws Exception {
    try (SteppedReactor server = new SteppedReactor(1, false, "tcp://127.0.0.1:0");
        Peer peer = server.connect()) {
      peer.send("never taken: the only worker is busy, for all we know");
      server.stepUntil("handed", () -> server.reactor.pool().queued() == 1);
      drain(server, Duration.ofSeconds(10));
      server.advance(Duration.ofSeconds(10));
      assertEquals(1, cutOff.get());
      assertEquals(1, server.counters.closed(CloseReason.DRAIN_TIMEOUT));
    }
  }

  private void drain(SteppedReactor server, Duration timeout) {
    server.reactor.requestDrain(timeout.toNanos(), cutOff::set);
    server.step();
  }

  private void sweepUntilDrained(SteppedReactor server) {
    server.stepUntil(
        "drained",
        () -> {
          server.clock.advance(SWEEP);
          return cutOff.get() != NOT_YET;
        });
  }
}
