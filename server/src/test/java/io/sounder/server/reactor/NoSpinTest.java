package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.UdpPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What makes a selector return at once again and again, if nobody takes care. */
@Timeout(20)
class NoSpinTest {
  @Test
  void sleepsAfterAnInterrupt() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0");
        Peer peer = server.connect()) {
      Thread.currentThread().interrupt();
      server.step();
      server.assertSleeps();
      server.send(peer, "still served");
    }
  }

  @Test
  void sleepsWhileOneThatWaitsForItsOwnerIsReset() throws Exception {
    try (SteppedReactor server = new SteppedReactor(1, false, "tcp://127.0.0.1:0")) {
      Peer peer = server.connect();
      peer.send("nobody takes this");
      server.stepUntil("handed", () -> server.reactor.pool().queued() == 1);
      server.step(); // reported once more, and from then on not watched
      peer.reset();
      server.assertSleeps();
      server.reactor.pool().start();
      server.stepUntil("closed", () -> server.counters.closed(CloseReason.RESET) == 1);
      server.assertSleeps();
    }
  }

  @Test
  void sleepsAfterAPeerThatDoesNotReadIsReset() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?sndbuf=4KiB&rcvbuf=16KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      server.sendUntilStuck(peer, new byte[64 << 10]);
      server.assertSleeps(); // only the way out is watched, though there is input
      peer.reset();
      server.stepUntil("closed", () -> server.counters.closed(CloseReason.RESET) == 1);
      server.assertSleeps();
    }
  }

  @Test
  void sleepsWhileAReplyWaitsWhosePeerIsGone() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0?delay=1h&seed=1")) {
      Peer peer = server.connect();
      server.send(peer, "later");
      peer.reset();
      server.assertSleeps();
      assertEquals(1, server.counters.open());
    }
  }

  @Test
  void sleepsAfterManyWhoseKeysWereCancelled() throws Exception {
    try (SteppedReactor server =
        new SteppedReactor("tcp://127.0.0.1:0?close-after=1", "udp://127.0.0.1:0")) {
      List<Peer> peers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        peers.add(server.connect());
        peers.get(i).send("x");
      }
      server.stepUntil("parted", () -> server.tally().replies() == 50);
      for (Peer peer : peers) {
        peer.leave();
      }
      server.stepUntil("closed", () -> server.counters.closed(CloseReason.CLOSE_AFTER) == 50);
      server.reactor.requestStopAccepting();
      server.assertSleeps();
      try (UdpPeer other = UdpPeer.to(server.endpoint(1))) {
        server.send(other, "still served");
      }
    }
  }

  @Test
  void sleepsWhileItLetsNobodyIn() throws Exception {
    try (SteppedReactor server = new SteppedReactor("tcp://127.0.0.1:0")) {
      server.reactor.requestAcceptPause();
      server.step();
      try (Peer waiting = Peer.connect(server.endpoint(0))) {
        server.assertSleeps();
        assertEquals(0, server.counters.accepted());
        server.advance(Duration.ofNanos(Acceptor.PAUSE_NANOS));
        server.stepUntil("accepted", () -> server.counters.accepted() == 1);
        server.send(waiting, "in after all");
      }
    }
  }
}
