package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Refusal;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.OpenSockets;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promises about limits that are crossed, with real threads and the system's clock. */
@Timeout(60)
class LimitsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void sendsAllBackAfterAHalfCloseAndFreesTheDescriptorWithinASecond() throws Exception {
    halfClose(100, 256 << 10);
  }

  @Test
  @Tag("soak")
  @Timeout(600)
  void sendsAllBackAThousandTimesAfterAHalfCloseOf64MebibytesAndFreesTheDescriptor()
      throws Exception {
    halfClose(1_000, 64 << 20);
  }

  private static void halfClose(int times, int bytes) throws Exception {
    assumeTrue(OpenSockets.canBeCounted(), "this system does not list open descriptors");
    byte[] sent = new byte[bytes];
    new Random(2).nextBytes(sent);
    ByteBuffer received = ByteBuffer.allocate(bytes);
    try (RunningServer server = RunningServer.on("tcp://127.0.0.1:0")) {
      server.connect().leave();
      server.awaitClosed(CloseReason.PEER_CLOSED, 1);
      long before = OpenSockets.count();
      for (int i = 1; i <= times; i++) {
        try (Peer peer = server.connect()) {
          CompletableFuture<Void> sending = peer.sendMeanwhile(sent, true);
          received.clear();
          while (peer.channel().read(received) >= 0 && received.hasRemaining()) {}
          assertArrayEquals(new byte[0], peer.readToEnd(), "nothing but the end");
          sending.get(10, TimeUnit.SECONDS);
          assertArrayEquals(sent, received.array());
        }
      }
      long endedNanos = System.nanoTime();
      OpenSockets.awaitNoMoreThan(before);
      assertTrue(System.nanoTime() - endedNanos <= SECOND, "more than a second");
      assertEquals(times + 1, server.counters().closed(CloseReason.PEER_CLOSED));
    }
  }

  @Test
  void closesWhoComesAboveTheLimitAtOnceServesTheOthersAndLetsNewOnesInWhenSomeLeave()
      throws Exception {
    int most = 300;
    int tooMany = 100;
    List<Peer> served = new ArrayList<>();
    try (RunningServer server = RunningServer.on("tcp://127.0.0.1:0?max-connections=" + most)) {
      for (int i = 0; i < most; i++) {
        served.add(server.connect());
      }
      Eventually.equal(most, "connections open", () -> server.counters().open());
      for (int i = 0; i < tooMany; i++) {
        long beganNanos = System.nanoTime();
        try (Peer refused = server.connect()) {
          assertArrayEquals(new byte[0], refused.readToEnd());
        }
        assertTrue(System.nanoTime() - beganNanos <= SECOND, "it took more than a second");
      }
      server.awaitRefused(Refusal.MAX_CONNECTIONS, tooMany);
      assertTrue(server.server().isHealthy(SECOND / 10), "health within 100 ms");
      for (Peer each : served) {
        each.assertEchoes("still served");
      }
      for (Peer leaving : served.subList(0, 100)) {
        leaving.leave();
      }
      server.awaitClosed(CloseReason.PEER_CLOSED, 100);
      for (int i = 0; i < 100; i++) {
        served.add(server.connect());
        served.get(served.size() - 1).assertEchoes("welcome");
      }
      assertEquals(tooMany, server.counters().refused(Refusal.MAX_CONNECTIONS));
    } finally {
      for (Peer each : served) {
        each.close();
      }
    }
  }

  @Test
  void holdsNoMoreThanTheBudgetForManyThatDoNotReadAndServesThoseThatDo() throws Exception {
    long budget = 2 << 20;
    List<Peer> deaf = new ArrayList<>();
    String listener = "tcp://127.0.0.1:0?sndbuf=4KiB&rcvbuf=16KiB";
    try (RunningServer server = RunningServer.withBufferBudget(budget, listener);
        Peer good = server.connect()) {
      ByteBuffer chunk = ByteBuffer.allocate(64 << 10);
      for (int i = 0; i < 120; i++) {
        Peer peer = server.connectWithSmallBuffers();
        peer.channel().configureBlocking(false);
        deaf.add(peer);
      }
      long most = 0;
      for (int round = 0; round < 6; round++) {
        for (Peer peer : deaf) {
          writeIfOpen(peer, chunk);
        }
        good.assertEchoes("served in round " + round);
        most = Math.max(most, server.server().pool().bufferBytes());
      }
      assertTrue(most <= budget, most + " bytes held");
      assertTrue(most > budget / 2, most + " bytes held are no test of the budget");
    } finally {
      for (Peer each : deaf) {
        each.close();
      }
    }
  }

  private static void writeIfOpen(Peer peer, ByteBuffer chunk) {
    try {
      while (peer.channel().write(chunk.clear()) > 0) {}
    } catch (IOException e) {
      assertFalse(e.getMessage().isEmpty(), "closed, since it held most");
    }
  }
}
