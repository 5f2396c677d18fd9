package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one connection, or many bad ones, cost the others, counted in turns instead of time. */
@Timeout(20)
class FairnessTest {
  private static final int LARGEST_READ = 256 << 10;
  private static final int PING_PONGS = 10;
  private static final int ROUNDS = 100;
  private static final int SLOW_ONES = 500;

  @Test
  void takesAtMostOneReadPerCycleFromAConnectionThatStreams() throws Exception {
    List<Peer> others = new ArrayList<>();
    try (SteppedReactor server =
            new SteppedReactor("tcp://127.0.0.1:0", "tcp://127.0.0.1:0?reply=discard&rcvbuf=4MiB");
        Peer streaming = server.connect(1)) {
      for (int i = 0; i < PING_PONGS; i++) {
        others.add(server.connect(0));
      }
      streaming.channel().configureBlocking(false);
      ByteBuffer flood = ByteBuffer.allocate(1 << 20);
      int cycles = 0;
      for (int round = 1; round <= ROUNDS; round++) {
        for (Peer other : others) {
          other.send("x");
        }
        do {
          streaming.channel().write(flood.clear());
          long before = server.tally().bytesReceived();
          server.step();
          long bytes = server.tally().bytesReceived() - before;
          assertTrue(bytes <= LARGEST_READ + PING_PONGS, bytes + " bytes in one cycle");
          cycles++;
        } while (server.tally().replies() < (long) round * PING_PONGS);
      }
      assertTrue(cycles < 2 * ROUNDS, cycles + " cycles, though each should have its turn in one");
      assertTrue(
          server.tally().bytesReceived() > (long) ROUNDS * LARGEST_READ / 2, "it did stream");
    } finally {
      for (Peer other : others) {
        other.leave();
      }
    }
  }

  @Test
  void endsHundredsThatSendAByteNowAndThenAndServesTheOthers() throws Exception {
    List<Peer> slow = new ArrayList<>();
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?framing=line")) {
      for (int i = 0; i < SLOW_ONES; i++) {
        slow.add(server.connect());
      }
      Peer good = server.connect();
      server.stepUntil("all in", () -> server.counters.open() == SLOW_ONES + 1);
      for (int second = 0; second < 30; second += 10) { // the time-out is 30 s
        assertEquals(SLOW_ONES + 1, server.counters.open());
        sendAByte(server, slow);
        server.send(good, "hello\n");
        assertEquals("hello\n", good.readText(6));
        server.moveOn(Duration.ofSeconds(10));
      }
      sendAByte(server, slow); // which does not help any more
      server.moveOn(Duration.ofSeconds(5));
      server.stepUntil(
          "closed", () -> server.counters.closed(CloseReason.MESSAGE_TIMEOUT) == SLOW_ONES);
      assertEquals(1, server.counters.open());
      server.send(good, "hello\n");
      good.leave();
    } finally {
      for (Peer each : slow) {
        each.leave();
      }
    }
  }

  private static void sendAByte(SteppedReactor server, List<Peer> slow) throws IOException {
    long expected = server.tally().bytesReceived() + slow.size();
    for (Peer each : slow) {
      each.send("x");
    }
    server.stepUntil("all read", () -> server.tally().bytesReceived() == expected);
  }
}
