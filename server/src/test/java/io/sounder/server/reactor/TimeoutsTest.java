package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Connection;
import io.sounder.server.fixture.Peer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time-outs, on a clock that the tests move. */
@Timeout(20)
class TimeoutsTest {
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration LINGER = Duration.ofNanos(Connection.LINGER_NANOS);

  @Test
  void closesAnIdleConnectionInOrderAndCountsIt() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?idle-timeout=1s");
        Peer peer = server.connect()) {
      server.advance(HALF_A_SECOND);
      assertEquals(0, server.counters.closed());
      server.advance(HALF_A_SECOND);
      server.step();
      assertArrayEquals(new byte[0], peer.readToEnd());
      peer.leave();
      server.stepUntil("closed", () -> server.counters.closed() > 0);
      assertEquals(1, server.counters.closed(CloseReason.IDLE_TIMEOUT));
    }
  }

  @Test
  void closesAnIdleConnectionWhosePeerDoesNotLeaveAfterItHasLingered() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?idle-timeout=1s");
        Peer peer = server.connect()) {
      server.advance(A_SECOND);
      server.step();
      assertArrayEquals(new byte[0], peer.readToEnd());
      server.advance(LINGER.minusMillis(1));
      assertEquals(0, server.counters.closed());
      server.advance(Duration.ofMillis(1));
      assertEquals(1, server.counters.closed(CloseReason.IDLE_TIMEOUT));
    }
  }
}
