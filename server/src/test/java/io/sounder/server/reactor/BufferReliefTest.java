package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Peer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who pays when connections hold nearly all that they may together. */
@Timeout(30)
class BufferReliefTest {
  private static final long BUDGET = 1 << 20;
  private static final int LARGE = 6;
  private static final int SMALL = 140;
  static final Duration LONGER_THAN_A_LOOK_TAKES = Duration.ofMillis(100);

  @Test
  void closesTheOnesThatHoldMostAndLeavesTheOthers() throws Exception {
    List<Peer> large = new ArrayList<>();
    List<Peer> small = new ArrayList<>();
    try (SteppedReactor server =
        SteppedReactor.withBufferBudget(
            BUDGET, "tcp://127.0.0.1:0?framing=length&max-frame=1MiB")) {
      for (int i = 0; i < LARGE; i++) { // 128 KiB each, 768 in all
        large.add(begun(server, 120_000));
      }
      assertEquals(LARGE, server.counters.open());
      for (int i = 0; i < SMALL; i++) { // 1 KiB each
        small.add(begun(server, 900));
        assertTrue(held(server) <= BUDGET / 8 * 7, held(server) + " bytes held");
      }
      long closed = server.counters.closed(CloseReason.BUFFER_BUDGET);
      assertTrue(closed >= 1 && closed <= 2, closed + " were closed");
      assertEquals(closed, server.counters.closed());
      assertEquals((LARGE - closed) * 128 + SMALL, held(server) / 1024, "none but large ones");
      for (Peer each : small) {
        assertCompletes(server, each, 900);
      }
    } finally {
      for (Peer each : large) {
        each.close();
      }
      for (Peer each : small) {
        each.close();
      }
    }
  }

  @Test
  void closesNobodyWhileEnoughIsLeft() throws Exception {
    try (SteppedReactor server =
            SteppedReactor.withBufferBudget(
                4 * BUDGET, "tcp://127.0.0.1:0?framing=length&max-frame=1MiB");
        Peer first = begun(server, 500_000);
        Peer second = begun(server, 200_000)) {
      server.advance(LONGER_THAN_A_LOOK_TAKES);
      assertEquals(2, server.counters.open());
      assertCompletes(server, first, 500_000);
      assertCompletes(server, second, 200_000);
      assertEquals(0, held(server));
    }
  }

  private static long held(SteppedReactor server) {
    return server.reactor.pool().bufferBytes();
  }

  /** A peer that has sent so much of a frame that is a byte longer. */
  private static Peer begun(SteppedReactor server, int bytes) throws Exception {
    Peer peer = server.connect();
    long expected = server.tally().bytesReceived() + 4 + bytes;
    var sending = peer.sendMeanwhile(begun(bytes), false);
    server.stepUntil("read", () -> server.tally().bytesReceived() == expected);
    sending.get();
    return peer;
  }

  private static byte[] begun(int bytes) {
    return ByteBuffer.allocate(4 + bytes).putInt(bytes + 1).array();
  }

  private static void assertCompletes(SteppedReactor server, Peer peer, int bytes)
      throws Exception {
    peer.send(new byte[1]);
    byte[] frame = ByteBuffer.allocate(4 + bytes + 1).put(begun(bytes)).array();
    ByteBuffer reply = ByteBuffer.allocate(frame.length);
    peer.channel().configureBlocking(false);
    server.stepUntil(
        "answered",
        () -> {
          peer.readSome(reply);
          return !reply.hasRemaining();
        });
    peer.channel().configureBlocking(true);
    assertArrayEquals(frame, reply.array());
  }
}
