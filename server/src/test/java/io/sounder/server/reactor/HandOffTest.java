package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.SourceGuard;
import io.sounder.server.fixture.Peer;
import io.sounder.server.guard.OwnPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets a connection that is ready, and what the reactor does until it is back. */
@Timeout(20)
class HandOffTest {
  private static final int A_FEW_STEPS = 20;

  @Test
  void leavesWhatIsReadyToWorkersWhenItDoesNotAssist() throws Exception {
    try (SteppedReactor server = new SteppedReactor(1, false, "tcp://127.0.0.1:0");
        Peer peer = server.connect()) {
      peer.send("hello");
      server.stepUntil("handed", () -> server.reactor.pool().queued() == 1);
      server.reactor.pool().start();
      assertEquals("hello", peer.readText(5));
      assertEquals(0, server.reactor.pool().reactorTally().replies());
    }
  }

  @Test
  void doesNotSpinWhileAReadyConnectionWaitsForItsOwnerAndWatchesItAgainAfterwards()
      throws Exception {
    try (SteppedReactor server = new SteppedReactor(1, false, "tcp://127.0.0.1:0");
        Peer peer = server.connect()) {
      peer.send("hello");
      server.stepUntil("handed", () -> server.reactor.pool().queued() == 1);
      server.step(); // reported once more, and from then on not watched
      server.assertSleeps();

      server.reactor.pool().start();
      assertEquals("hello", peer.readText(5));
      for (int i = 0; i < 3; i++) {
        peer.send("again");
        awaitEcho(server, peer, "again");
      }
    }
  }

  @Test
  void wakesForWhatOthersAskOfIt() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0")) {
      CompletableFuture<Boolean> answered = new CompletableFuture<>();
      CompletableFuture<Void> asking =
          CompletableFuture.runAsync(() -> server.reactor.request(() -> answered.complete(true)));
      long begunNanos = System.nanoTime();
      while (!answered.isDone()) {
        server.reactor.runOnce(TimeUnit.SECONDS.toNanos(10));
      }
      asking.join();
      assertTrue(System.nanoTime() - begunNanos < TimeUnit.SECONDS.toNanos(5));
    }
  }

  @Test
  void servesWhatFoundTheReadyQueueFull() throws Exception {
    try (SteppedReactor server = new SteppedReactor(1, false, "tcp://127.0.0.1:0");
        DatagramChannel silent = boundChannel();
        Peer peer = server.connect()) {
      fillQueue(server, silent, "udp://127.0.0.1:0");
      peer.send("late, but not lost");
      int full = server.reactor.pool().queued();
      for (int i = 0; i < A_FEW_STEPS; i++) {
        server.step();
      }
      assertEquals(full, server.reactor.pool().queued());
      server.reactor.pool().start();
      awaitEcho(server, peer, "late, but not lost");
    }
  }

  @Test
  void servesLightOnesWhileHeavyOnesFindTheirQueueFull() throws Exception {
    try (SteppedReactor server =
            new SteppedReactor(1, true, "tcp://127.0.0.1:0?work=2ms", "tcp://127.0.0.1:0");
        DatagramChannel silent = boundChannel();
        Peer heavy = server.connect(0);
        Peer light = server.connect(1)) {
      fillQueue(server, silent, "udp://127.0.0.1:0?work=2ms");
      heavy.send("no room for me");
      for (int i = 0; i < A_FEW_STEPS; i++) {
        server.step();
      }
      light.send("but for me");
      awaitEcho(server, light, "but for me");
    }
  }

  @Test
  void servesOthersBetweenTheGreetingsOfAPeerThatTakesAllItGets() throws Exception {
    String tenKilobytes = "0123456789".repeat(1000);
    try (SteppedReactor server =
            new SteppedReactor(
                "tcp://127.0.0.1:0?greeting-repeat=1000000&greeting=" + tenKilobytes,
                "tcp://127.0.0.1:0");
        Peer other = server.connect(1);
        Peer greedy = Peer.connect(server.endpoint(0))) {
      CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> readForEver(greedy));
      server.stepUntil("begun", () -> server.reactor.pool().reactorTally().bytesSent() > 0);
      other.send("and me?");
      awaitEcho(server, other, "and me?");
      greedy.leave();
      reading.join();
    }
  }

  private static void readForEver(Peer peer) {
    try {
      while (true) {
        peer.read(64 << 10);
      }
    } catch (IOException e) {
      return; // the test is over
    }
  }

  private static void awaitEcho(SteppedReactor server, Peer peer, String text) throws Exception {
    peer.channel().configureBlocking(false);
    ByteBuffer echo = ByteBuffer.allocate(text.length());
    server.stepUntil(
        "echoed",
        () -> {
          peer.readSome(echo);
          return !echo.hasRemaining();
        });
    peer.channel().configureBlocking(true);
    assertEquals(text, new String(echo.array(), StandardCharsets.UTF_8));
  }

  private static DatagramChannel boundChannel() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel.configureBlocking(false);
    return channel;
  }

  /** Ports that nothing is sent to stand in the queue until it takes no more. */
  private static void fillQueue(SteppedReactor server, DatagramChannel channel, String url)
      throws IOException {
    ListenerSpec spec = ListenerSpec.parse(url);
    Listener listener = new Listener(spec, spec.endpoint(), 1, "test-host", InstantSource.system());
    SourceGuard guard = new SourceGuard(AccessList.ANY, new OwnPorts(), Set.of(), true);
    boolean taken;
    do {
      DatagramPort port = new DatagramPort(channel, listener, guard);
      port.onArmed(Interest.READ);
      port.tryHand();
      taken = server.reactor.pool().tryOffer(port);
    } while (taken);
  }
}
