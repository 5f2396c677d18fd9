package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.endpoint.FaultChange;
import io.sounder.protocol.endpoint.FaultSpec;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.count.Tally;
import io.sounder.server.fault.FaultCounts;
import io.sounder.server.fault.FaultPlan;
import io.sounder.server.fault.StreamFaults;
import io.sounder.server.fixture.Peer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies on connections that wait for their time, on a clock that the tests move. */
@Timeout(30)
class HeldRepliesTest {
  private static final long BUDGET = 16 << 20;
  private static final String ANY = "tcp://127.0.0.1:0?";
  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration A_NANO = Duration.ofNanos(1);

  @ParameterizedTest
  @ValueSource(strings = {"1ns", "10us", "2ms", "10ms", "1h"})
  void delaysAReplyExactlyAndNeverLess(String delay) throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "delay=" + delay);
        Peer peer = server.connect()) {
      long nanos = server.listeners.get(0).faults().spec().delays().get(0).nanos();
      server.send(peer, "hello");
      server.moveOn(Duration.ofNanos(nanos).minus(A_NANO));
      assertEquals(0, server.tally().bytesSent());
      server.moveOn(A_NANO);
      assertEquals("hello", peer.readText(5));
      assertEquals(1, server.injected(Fault.DELAY));
    }
  }

  /** Both are answered in one turn of the loop, or one of them later. */
  @Test
  void slowsNobodyElseDown() throws Exception {
    String keys = "delay=1h:50&seed=" + seedThatDelaysTheFirstConnectionOnly("delay=1h:50");
    try (SteppedReactor server = new SteppedReactor(ANY + keys);
        Peer delayed = server.connect();
        Peer other = server.connect()) {
      delayed.send("delayed");
      other.send("other");
      server.stepUntil("both read", () -> server.tally().bytesReceived() == 12);
      assertEquals(5, server.tally().bytesSent());
      assertEquals("other", other.readText(5));
      for (int i = 0; i < 10; i++) {
        server.send(other, "again");
        assertTrue(server.tally().replies() >= 2L + i);
      }
      assertEquals(1, server.counters.open() - 1);
    }
  }

  /** No event would wake it, and the next cycle may be long in coming. */
  @Test
  void wakesAWorkerForAReplyThatIsDue() throws Exception {
    try (SteppedReactor server = new SteppedReactor(1, false, ANY + "delay=10ms");
        Peer peer = server.connect()) {
      server.reactor.pool().start();
      peer.send("hello");
      Tally worker = server.reactor.pool().workerTallies().get(0);
      server.stepUntil("held", () -> worker.messages() == 1);
      server.step(); // the worker has let go of it before it counted
      server.advance(MS.multipliedBy(10));
      assertEquals("hello", peer.readText(5));
    }
  }

  private static long seedThatDelaysTheFirstConnectionOnly(String keys) {
    FaultSpec spec = FaultChange.parse("tcp://127.0.0.1:1?" + keys).faults();
    for (long seed = 0; ; seed++) {
      FaultPlan plan = new FaultPlan(spec.withSeed(seed), 0, new FaultCounts());
      StreamFaults second = new StreamFaults();
      boolean undelayed = true;
      for (int i = 0; i < 11; i++) {
        undelayed &= second.draw(plan, 2).delayNanos() == 0;
      }
      if (undelayed && new StreamFaults().draw(plan, 1).delayNanos() > 0) {
        return seed;
      }
    }
  }

  @Test
  void readsNothingMoreUntilTheReplyIsGoneAndKeepsTheOrder() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "framing=line&delay=10ms");
        Peer peer = server.connect()) {
      server.send(peer, "one\ntwo\nthr");
      peer.send("ee\nfour\n");
      server.moveOn(MS.multipliedBy(9));
      assertEquals(11, server.tally().bytesReceived());
      server.moveOn(MS);
      assertEquals("one\ntwo\n", peer.readText(8));
      server.stepUntil("read", () -> server.tally().bytesReceived() == 19);
      assertEquals(8, server.tally().bytesSent());
      server.moveOn(MS.multipliedBy(10));
      assertEquals("three\nfour\n", peer.readText(11));
    }
  }

  /** What is answered ahead is bounded, and what is left of it is answered later. */
  @Test
  void answersALotInPieces() throws Exception {
    int lines = 20_000;
    String reply = "x".repeat(200);
    try (SteppedReactor server =
            new SteppedReactor(ANY + "framing=line&delay=10ms&reply=text:" + reply);
        Peer peer = server.connect()) {
      peer.send("\n".repeat(lines));
      ByteBuffer received = ByteBuffer.allocate(lines * 201);
      peer.channel().configureBlocking(false);
      long messages = 0;
      int rounds = 0;
      while (received.hasRemaining()) {
        server.moveOn(MS.multipliedBy(10));
        peer.readSome(received);
        long more = server.tally().messages() - messages;
        assertTrue(more <= 2_000, () -> more + " answered at once");
        messages += more;
        assertTrue(rounds++ < 1_000, "never done");
      }
      assertEquals(lines, server.tally().messages());
      assertEquals(lines, server.injected(Fault.DELAY));
    }
  }

  @Test
  void readsNothingMoreWhileItAnswersWhatIsLeft() throws Exception {
    String reply = "x".repeat(200);
    try (SteppedReactor server =
            new SteppedReactor(ANY + "framing=line&delay=10ms&reply=text:" + reply);
        Peer peer = server.connect()) {
      server.send(peer, "\n".repeat(400)); // more than is answered at once
      assertTrue(server.tally().messages() < 400);
      peer.send("\n");
      server.moveOn(MS.multipliedBy(10));
      assertEquals(400, server.tally().messages());
      assertEquals(400, server.tally().bytesReceived());
      server.moveOn(MS.multipliedBy(10));
      assertEquals(401, server.tally().bytesReceived());
    }
  }

  @Test
  void blamesThePeerForNoneOfTheTime() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor(
                ANY
                    + "framing=length&delay=10s"
                    + "&idle-timeout=1s&message-timeout=1s&write-timeout=1s");
        Peer peer = server.connect()) {
      peer.send("\0\0\0\2hi\0\0\0\2h"); // and the next one is begun
      server.stepUntil("read", () -> server.tally().messages() == 1);
      for (int i = 0; i < 99; i++) {
        server.moveOn(Duration.ofMillis(100));
        assertEquals(1, server.counters.open());
      }
      server.moveOn(Duration.ofMillis(100));
      assertEquals("\0\0\0\2hi", peer.readText(6));
      server.moveOn(Duration.ofSeconds(1).minus(A_NANO));
      assertEquals(1, server.counters.open());
      server.moveOn(A_NANO);
      assertEquals("", peer.readTextToEnd());
      peer.leave();
      server.stepUntil("closed", () -> server.counters.closed() == 1);
      assertEquals(1, server.counters.closed(CloseReason.MESSAGE_TIMEOUT));
    }
  }

  @Test
  void leavesIdleConnectionsTheirTimeOut() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "delay=10s&idle-timeout=1s");
        Peer peer = server.connect()) {
      server.send(peer, "hello");
      server.moveOn(Duration.ofSeconds(10));
      assertEquals("hello", peer.readText(5));
      server.moveOn(Duration.ofSeconds(1).minus(A_NANO));
      assertEquals(1, server.counters.open());
      server.moveOn(A_NANO);
      assertEquals("", peer.readTextToEnd());
    }
  }

  @Test
  void givesAPeerThatDoesNotReadItsWholeWriteTimeOut() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor(
                ANY + "framing=line&delay=10s&write-timeout=1s&sndbuf=4KiB&max-frame=1MiB");
        Peer peer = server.connectWithSmallBuffers()) {
      int size = 1 << 20;
      CompletableFuture<Void> sent = peer.sendMeanwhile(bytes("x".repeat(size - 1) + "\n"), false);
      server.stepUntil("read", () -> server.tally().messages() == 1);
      sent.join();
      server.moveOn(Duration.ofSeconds(10));
      assertTrue(server.tally().bytesSent() < size, "it was to be stuck");
      server.advance(Duration.ofSeconds(1).minus(A_NANO));
      assertEquals(1, server.counters.open());
      server.advance(A_NANO);
      assertEquals(1, server.counters.closed(CloseReason.WRITE_TIMEOUT));
    }
  }

  /** As much as all connections may hold together would be gone long before the end. */
  @Test
  void givesBackTheBuffersOfWhatHasWaited() throws Exception {
    int size = 60_000;
    byte[] message = bytes("x".repeat(size));
    long rounds = 2 * BUDGET / size;
    try (SteppedReactor server = SteppedReactor.withBufferBudget(BUDGET, ANY + "delay=1ms");
        Peer peer = server.connect()) {
      for (int i = 1; i <= rounds; i++) {
        long bytes = (long) i * size;
        peer.send(message);
        server.stepUntil(
            "echoed",
            () -> {
              server.clock.advance(MS);
              return server.tally().bytesSent() == bytes;
            });
        peer.read(size);
      }
      assertEquals(1, server.counters.open());
    }
  }

  @Test
  void givesBackTheBuffersOfConnectionsThatEndMeanwhile() throws Exception {
    int size = 60_000;
    byte[] message = bytes("x".repeat(size));
    long rounds = 2 * BUDGET / size;
    try (SteppedReactor server =
        SteppedReactor.withBufferBudget(BUDGET, ANY + "framing=line&delay=1ms&drop=0")) {
      message[size - 1] = '\n';
      for (int i = 0; i < rounds; i++) {
        try (Peer peer = server.connect()) {
          long messages = server.tally().messages();
          peer.send(message);
          server.stepUntil("held", () -> server.tally().messages() > messages);
          peer.reset();
        }
        long closed = i + 1L;
        server.stepUntil(
            "closed",
            () -> {
              server.clock.advance(MS);
              return server.counters.closed() == closed;
            });
      }
      assertEquals(0, server.counters.closed(CloseReason.BUFFER_BUDGET));
      assertEquals(rounds, server.counters.closed(CloseReason.RESET));
    }
  }

  @Test
  void delaysTheTimeOfDayToo() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "reply=time&delay=10ms");
        Peer peer = server.connect()) {
      server.moveOn(MS.multipliedBy(9));
      assertEquals(0, server.tally().bytesSent());
      server.moveOn(MS);
      assertEquals(4, peer.readToEnd().length);
    }
  }

  @Test
  void sparesGreetings() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "greeting=hello&drop=100&delay=1h");
        Peer peer = server.connect()) {
      assertEquals("hello", peer.readText(5));
      assertEquals(0, server.injected(Fault.DROP));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
