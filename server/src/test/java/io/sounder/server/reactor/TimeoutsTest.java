package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Connection;
import io.sounder.server.fixture.Peer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time-outs, on a clock that the tests move. */
@Timeout(20)
class TimeoutsTest {
  private static final int STUCK_STEPS = 30; // of a millisecond
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final String HALF_CLOSE =
      "tcp://127.0.0.1:0?half-close-timeout=1s&write-timeout=off&sndbuf=4KiB";
  private static final Duration LINGER = Duration.ofNanos(Connection.LINGER_NANOS);

  @Test
  void closesAnIdleConnectionInOrderAndCountsIt() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?idle-timeout=1s");
        Peer peer = server.connect()) {
      server.advance(A_SECOND.minusNanos(1));
      assertEquals(1, server.counters.open());
      server.advance(Duration.ofNanos(1));
      server.step();
      assertArrayEquals(new byte[0], peer.readToEnd());
      peer.leave();
      assertIsClosed(server, CloseReason.IDLE_TIMEOUT);
    }
  }

  @Test
  void closesAnIdleConnectionWhosePeerDoesNotLeaveAfterItHasLingered() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?idle-timeout=1s");
        Peer peer = server.connect()) {
      server.advance(A_SECOND);
      server.step();
      assertArrayEquals(new byte[0], peer.readToEnd());
      server.advance(LINGER.minusNanos(1));
      assertEquals(0, server.counters.closed());
      server.advance(Duration.ofNanos(1));
      assertEquals(1, server.counters.closed(CloseReason.IDLE_TIMEOUT));
    }
  }

  @Test
  void leavesAConnectionOpenOnWhichBytesGo() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?idle-timeout=1s");
        Peer peer = server.connect()) {
      for (int i = 0; i < 5; i++) {
        server.advance(A_SECOND.minusMillis(1));
        echo(server, peer, "still here");
      }
      assertEquals(1, server.counters.open());
    }
  }

  @Test
  void neverClosesAnIdleConnectionWhenTheTimeOutIsOff() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?idle-timeout=off");
        Peer peer = server.connect()) {
      server.advance(Duration.ofDays(1000));
      echo(server, peer, "still here");
    }
  }

  @Test
  void closesAConnectionWhoseFrameIsNotCompleteInTime() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor("tcp://127.0.0.1:0?framing=length&message-timeout=1s");
        Peer peer = server.connect()) {
      byte[] frame = {0, 0, 0, 9, 'a', 'b', 'c'};
      for (byte b : frame) { // a byte now and then does not help
        peer.send(new byte[] {b});
        server.step();
        server.advance(A_SECOND.dividedBy(frame.length - 1));
      }
      server.step();
      assertIsClosedInOrder(server, peer, CloseReason.MESSAGE_TIMEOUT);
    }
  }

  @Test
  void givesEachMessageItsOwnTime() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor("tcp://127.0.0.1:0?framing=line&message-timeout=1s");
        Peer peer = server.connect()) {
      peer.send("a");
      for (int i = 1; i <= 5; i++) {
        server.step();
        server.advance(A_SECOND.minusMillis(1));
        peer.send("b\na");
        long replies = i;
        server.stepUntil("answered", () -> replies(server) == replies);
        assertEquals("ab\n", peer.readText(3));
      }
      assertEquals(1, server.counters.open());
    }
  }

  @Test
  void closesAConnectionWhosePeerTakesNoReplyInTime() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor("tcp://127.0.0.1:0?write-timeout=1s&sndbuf=4KiB&rcvbuf=16KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      server.sendUntilStuck(peer, new byte[64 << 10]);
      server.advance(A_SECOND.minusNanos(1));
      assertEquals(1, server.counters.open());
      server.advance(Duration.ofNanos(1));
      for (int i = 0; i < 20 && server.counters.open() == 1; i++) {
        stepUntilNothingMoves(server); // if the kernel has found room for some more meanwhile
        server.advance(A_SECOND);
      }
      assertEquals(1, server.counters.closed(CloseReason.WRITE_TIMEOUT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "line", "length"})
  void closesAPeerThatHasEndedItsSideAndDoesNotTakeWhatIsLeft(String framing) throws Exception {
    try (SteppedReactor server = new SteppedReactor(HALF_CLOSE + "&framing=" + framing);
        Peer peer = server.connectWithSmallBuffers()) {
      sendAll(server, peer, messages(framing), true);
      server.moveOn(A_SECOND.minusNanos(1));
      assertEquals(1, server.counters.open());
      for (int i = 0; i < 20 && server.counters.open() == 1; i++) {
        server.moveOn(A_SECOND); // again, if the kernel has found room for some more meanwhile
        stepUntilNothingMoves(server);
      }
      assertEquals(1, server.counters.closed(CloseReason.HALF_CLOSE_TIMEOUT));
      assertEquals(0, server.counters.open());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "line", "length"})
  void leavesAPeerOpenThatMayYetSendMoreAndLosesNothingOfWhatItSent(String framing)
      throws Exception {
    try (SteppedReactor server = new SteppedReactor(HALF_CLOSE + "&framing=" + framing);
        Peer peer = server.connectWithSmallBuffers()) {
      byte[] sent = messages(framing);
      sendAll(server, peer, sent, false);
      for (int i = 0; i < 3; i++) {
        server.moveOn(A_SECOND.plusMillis(1)); // its end is sought, behind what was not read
      }
      assertEquals(1, server.counters.open());
      assertArrayEquals(sent, readWhileStepping(server, peer, sent.length));
      peer.shutdownOutput();
      assertIsClosed(server, CloseReason.PEER_CLOSED);
    }
  }

  @Test
  void givesAPeerThatDoesNotTakeItsGreetingsTheTimeOfAWrite() throws Exception {
    String greetings = "&greeting=" + "x".repeat(1_000) + "&greeting-repeat=10000";
    try (SteppedReactor server =
            new SteppedReactor(
                "tcp://127.0.0.1:0?half-close-timeout=1s&write-timeout=3s&sndbuf=4KiB"
                    + greetings);
        Peer peer = server.connectWithSmallBuffers()) {
      stepUntilNothingMoves(server);
      server.moveOn(A_SECOND);
      stepUntilNothingMoves(server);
      assertEquals(1, server.counters.open());
      for (int i = 0; i < 20 && server.counters.open() == 1; i++) {
        server.moveOn(A_SECOND);
        stepUntilNothingMoves(server);
      }
      assertEquals(1, server.counters.closed(CloseReason.WRITE_TIMEOUT));
      assertEquals(0, server.counters.open());
      peer.leave();
    }
  }

  @Test
  void givesAPeerThatHasEndedItsSideTheTimeOfAnyOtherWhereThatTimeOutIsOff() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor(
                "tcp://127.0.0.1:0?half-close-timeout=off&write-timeout=2s&sndbuf=4KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      sendAll(server, peer, messages("raw"), true);
      server.moveOn(Duration.ofSeconds(2).minusNanos(1));
      assertEquals(1, server.counters.open());
      server.moveOn(Duration.ofNanos(1));
      assertEquals(1, server.counters.closed(CloseReason.WRITE_TIMEOUT));
    }
  }

  /** Sends all without reading anything: first what is read and answered, then what is not. */
  private static void sendAll(SteppedReactor server, Peer peer, byte[] bytes, boolean thenEnd)
      throws Exception {
    int half = bytes.length / 2;
    sendUntilNothingMoves(server, peer, Arrays.copyOf(bytes, half), false);
    long read = bytesReceived(server);
    sendUntilNothingMoves(server, peer, Arrays.copyOfRange(bytes, half, bytes.length), thenEnd);
    assertEquals(read, bytesReceived(server), "nothing is read while replies wait");
  }

  private static void sendUntilNothingMoves(
      SteppedReactor server, Peer peer, byte[] bytes, boolean thenEnd) throws Exception {
    CompletableFuture<Void> sending = peer.sendMeanwhile(bytes, thenEnd);
    server.stepUntil("sent", sending::isDone);
    sending.get();
    stepUntilNothingMoves(server);
  }

  private static void stepUntilNothingMoves(SteppedReactor server) {
    long[] moved = {-1};
    int[] still = {0};
    server.stepUntil(
        "stuck",
        () -> {
          long now = bytesSent(server) + bytesReceived(server);
          still[0] = now == moved[0] ? still[0] + 1 : 0;
          moved[0] = now;
          return still[0] == STUCK_STEPS;
        });
  }

  /** About 100 KB of whole messages. */
  private static byte[] messages(String framing) {
    ByteBuffer messages = ByteBuffer.allocate(100_000);
    for (int i = 0; messages.remaining() >= 1_000; i++) {
      byte[] text = String.format("%0995d", i).getBytes(StandardCharsets.US_ASCII);
      switch (framing) {
        case "line" -> messages.put(text).put((byte) '\n');
        case "length" -> messages.putInt(text.length).put(text);
        default -> messages.put(text);
      }
    }
    return Arrays.copyOf(messages.array(), messages.position());
  }

  @Test
  void leavesASlowReaderOpenAsLongAsItTakesSomething() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor("tcp://127.0.0.1:0?write-timeout=1s&sndbuf=4KiB&rcvbuf=16KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      byte[] sent = server.sendUntilStuck(peer, new byte[64 << 10]);
      int left = sent.length;
      for (int i = 0; i < 5; i++) {
        server.advance(A_SECOND.minusMillis(1));
        long before = bytesSent(server);
        while (bytesSent(server) == before) {
          peer.read(1 << 10);
          left -= 1 << 10;
          server.step();
        }
      }
      assertEquals(1, server.counters.open());
      readWhileStepping(server, peer, left);
    }
  }

  @Test
  void doesNotBlameAPeerForAMessageThatTheServerDoesNotRead() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor(
                "tcp://127.0.0.1:0?framing=length&message-timeout=1s&write-timeout=off&sndbuf=4KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      ByteBuffer frames = ByteBuffer.allocate(60_000 + 4 + 1);
      for (int i = 0; i < 60; i++) {
        frames.putInt(996).put(new byte[996]);
      }
      frames.putInt(2).put((byte) 'a'); // the last one is begun
      peer.send(frames.array());
      server.stepUntil("read", () -> bytesReceived(server) == frames.capacity());

      server.advance(Duration.ofSeconds(10)); // the replies are not taken, so nothing is read
      readWhileStepping(server, peer, 60_000);
      server.advance(HALF_A_SECOND);
      peer.send("b");
      assertArrayEquals(new byte[] {0, 0, 0, 2, 'a', 'b'}, readWhileStepping(server, peer, 6));
    }
  }

  private static long bytesReceived(SteppedReactor server) {
    return server.reactor.pool().reactorTally().bytesReceived();
  }

  private static long replies(SteppedReactor server) {
    return server.reactor.pool().reactorTally().replies();
  }

  private static long bytesSent(SteppedReactor server) {
    return server.reactor.pool().reactorTally().bytesSent();
  }

  private static void echo(SteppedReactor server, Peer peer, String text) throws Exception {
    long before = bytesSent(server);
    peer.send(text);
    server.stepUntil("echoed", () -> bytesSent(server) == before + text.length());
    assertEquals(text, peer.readText(text.length()));
  }

  private static byte[] readWhileStepping(SteppedReactor server, Peer peer, int count)
      throws Exception {
    peer.channel().configureBlocking(false);
    ByteBuffer bytes = ByteBuffer.allocate(count);
    server.stepUntil(
        "all read",
        () -> {
          peer.readSome(bytes);
          return !bytes.hasRemaining();
        });
    peer.channel().configureBlocking(true);
    return bytes.array();
  }

  private static void assertIsClosedInOrder(SteppedReactor server, Peer peer, CloseReason reason)
      throws Exception {
    assertArrayEquals(new byte[0], peer.readToEnd());
    peer.leave();
    assertIsClosed(server, reason);
  }

  private static void assertIsClosed(SteppedReactor server, CloseReason reason) {
    server.stepUntil("closed", () -> server.counters.closed() > 0);
    assertEquals(1, server.counters.closed(reason));
    assertEquals(0, server.counters.open());
  }
}
