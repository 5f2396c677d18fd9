package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.server.fixture.Peer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that go out at a limited rate, on a clock that the tests move. */
@Timeout(30)
class PacedRepliesTest {
  private static final String ANY = "tcp://127.0.0.1:0?";
  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration A_NANO = Duration.ofNanos(1);

  @Test
  void sendsAsSlowlyAsItShould() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "slow=1KB/s");
        Peer peer = server.connect()) {
      server.send(peer, "x".repeat(500));
      for (int ms = 1; ms < 500; ms++) {
        server.moveOn(MS);
        long sent = server.tally().bytesSent();
        assertEquals(ms / 10 * 10L, sent, "after " + ms + " ms");
      }
      assertEquals(0, server.injected(Fault.SLOW), "it is not whole");
      server.moveOn(MS);
      assertEquals(500, peer.readText(500).length());
      assertEquals(1, server.injected(Fault.SLOW));
    }
  }

  @Test
  void paysOutEachConnectionByItself() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "slow=1KB/s");
        Peer one = server.connect();
        Peer other = server.connect()) {
      server.send(one, "x".repeat(100));
      server.send(other, "y".repeat(100));
      server.moveOn(MS.multipliedBy(50));
      assertEquals("x".repeat(50), one.readText(50));
      assertEquals("y".repeat(50), other.readText(50));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000, 20_000, 300_000})
  void makesExactlySoManyRepliesInEachSecond(int perSecond) throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "framing=line&capacity=" + perSecond);
        Peer peer = server.connect()) {
      peer.channel().configureBlocking(false);
      ByteBuffer lines = ByteBuffer.wrap(bytes("\n".repeat(2_000)));
      ByteBuffer received = ByteBuffer.allocate(1 << 20);
      long before = 0;
      for (int second = 0; second < 3; second++) {
        for (int ms = 0; ms < 1_000; ms++) {
          while (peer.channel().write(lines.hasRemaining() ? lines : lines.rewind()) > 0) {}
          peer.readSome(received.clear());
          server.moveOn(MS);
        }
        long sent = server.tally().bytesSent();
        if (second > 0) { // the first begins when the first message has come
          assertEquals(perSecond, sent - before, "in second " + second);
        }
        before = sent;
      }
    }
  }

  @Test
  void sharesTheCapacityOfAListenerAmongItsConnections() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "framing=line&capacity=100");
        Peer one = server.connect();
        Peer other = server.connect()) {
      server.send(one, "1\n2\n3\n");
      server.send(other, "4\n");
      assertEquals("1\n", one.readText(2));
      for (int i = 0; i < 3; i++) {
        server.moveOn(MS.multipliedBy(10).minus(A_NANO));
        assertEquals(2 + 2L * i, server.tally().bytesSent());
        server.moveOn(A_NANO);
        assertEquals(4 + 2L * i, server.tally().bytesSent());
      }
      assertEquals("2\n3\n", one.readText(4));
      assertEquals("4\n", other.readText(2));
      assertEquals(3, server.injected(Fault.CAPACITY), "the first did not have to wait");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
