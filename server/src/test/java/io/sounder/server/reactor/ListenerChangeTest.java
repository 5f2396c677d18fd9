package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Interest;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.Refusal;
import io.sounder.server.connection.Request;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.UdpPeer;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners that are changed and removed while connections are open, step by step. */
@Timeout(20)
class ListenerChangeTest {
  private static final String TCP = "tcp://127.0.0.1:0";
  private static final String UDP = "udp://127.0.0.1:0";
  private static final long TEN_SECONDS_NANOS = Duration.ofSeconds(10).toNanos();

  private final AtomicBoolean ended = new AtomicBoolean();

  @Test
  void connectionsThatBeginAfterAChangeHaveTheNewSettingsAndOpenOnesTheOld() throws Exception {
    try (SteppedReactor server = new SteppedReactor(TCP + "?reply=ok");
        Peer before = server.connect()) {
      server.succeed(TCP + "?reply=text:new");
      try (Peer after = server.connect()) {
        server.send(before, "a");
        server.send(after, "a");
        assertEquals("OK...a", before.readText(6));
        assertEquals("new", after.readText(3));
      }
    }
  }

  @Test
  void connectionsFromBeforeAChangeCountAmongThoseThatThereMayBe() throws Exception {
    try (SteppedReactor server = new SteppedReactor(TCP + "?max-connections=2");
        Peer first = server.connect();
        Peer second = server.connect()) {
      Listener after = server.succeed(TCP + "?max-connections=2&reply=ok");
      server.connect().close();
      assertEquals(1, server.counters.refused(Refusal.MAX_CONNECTIONS), "there is no room");
      first.leave();
      server.stepUntil("gone", () -> server.counters.closed() == 1);
      server.connect().close();
      assertEquals(1, server.counters.refused(Refusal.MAX_CONNECTIONS), "now there is");
      server.change(listening -> after.limitTo(9));
      server.connect().close();
      assertEquals(1, server.counters.refused(Refusal.MAX_CONNECTIONS), "and more");
      server.send(second, "still here");
    }
  }

  @Test
  void connectionsFromBeforeAChangeCountAmongThoseOfTheirSource() throws Exception {
    try (SteppedReactor server = new SteppedReactor(TCP + "?max-connections-per-ip=1");
        Peer first = server.connect()) {
      server.succeed(TCP + "?max-connections-per-ip=1&reply=ok");
      server.connect().close();
      assertEquals(1, server.counters.refused(Refusal.MAX_CONNECTIONS_PER_IP));
      first.leave();
      server.stepUntil("gone", () -> server.counters.closed() == 1);
      server.connect().close();
      assertEquals(1, server.counters.refused(Refusal.MAX_CONNECTIONS_PER_IP));
    }
  }

  @Test
  void faultsAreThoseOfThePlaceAndMeetOpenConnectionsToo() throws Exception {
    try (SteppedReactor server = new SteppedReactor(TCP);
        Peer before = server.connect()) {
      Listener after = server.succeed(TCP + "?drop=100");
      server.send(before, "lost");
      assertEquals(1, server.injected(Fault.DROP));
      assertEquals(1, after.faultCounts().of(Fault.DROP), "they count on");
    }
  }

  @Test
  void answersWhatARemovedListenerWasSentAndLeavesOthersAlone() throws Exception {
    try (SteppedReactor server = new SteppedReactor(TCP, TCP);
        Peer gone = server.connect(0);
        Peer other = server.connect(1)) {
      gone.send("last");
      remove(server, 0, TEN_SECONDS_NANOS);
      server.step();
      assertEquals("last", new String(gone.readToEnd(), java.nio.charset.StandardCharsets.UTF_8));
      gone.leave();
      server.stepUntil("closed", () -> server.counters.closed(CloseReason.LISTENER_REMOVED) == 1);
      sweepUntilEnded(server);
      assertThrows(ConnectException.class, () -> Peer.connect(server.endpoint(0)).leave());
      server.send(other, "here");
      assertEquals("here", other.readText(4));
      server.connect(1).close();
    }
  }

  @Test
  void endsAlsoConnectionsOfARemovedListenerThatAreOlderThanItsLastChange() throws Exception {
    try (SteppedReactor server = new SteppedReactor(TCP);
        Peer before = server.connect()) {
      Listener after = server.succeed(TCP + "?reply=ok");
      server.change(
          listening -> listening.remove(List.of(after), TEN_SECONDS_NANOS, () -> ended.set(true)));
      server.step();
      assertArrayEquals(new byte[0], before.readToEnd());
      before.leave();
      sweepUntilEnded(server);
      assertEquals(1, server.counters.closed(CloseReason.LISTENER_REMOVED));
    }
  }

  @Test
  void cutsOffWhoDoesNotTakeItsRepliesInTime() throws Exception {
    try (SteppedReactor server = new SteppedReactor(TCP);
        Peer peer = server.connectWithSmallBuffers()) {
      server.sendUntilStuck(peer, new byte[64 << 10]);
      remove(server, 0, TEN_SECONDS_NANOS);
      server.advance(Duration.ofSeconds(9));
      assertFalse(ended.get());
      server.advance(Duration.ofSeconds(2));
      assertTrue(ended.get());
      assertEquals(1, server.counters.closed(CloseReason.DRAIN_TIMEOUT));
    }
  }

  /** It is handed over again before anybody could see that it is idle. */
  @Test
  void cutsOffWhoAlwaysHasMoreToSay() throws Exception {
    ByteBuffer flood = ByteBuffer.allocate(1 << 20);
    try (SteppedReactor server = new SteppedReactor(TCP + "?reply=discard&rcvbuf=4MiB");
        Peer peer = server.connect()) {
      peer.channel().configureBlocking(false);
      peer.channel().write(flood);
      remove(server, 0, TEN_SECONDS_NANOS);
      for (int i = 0; i < 8; i++) {
        floodUntilFull(peer, flood);
        server.moveOn(Duration.ofSeconds(1));
      }
      assertFalse(ended.get(), "the test is one only if that lets it stay");
      for (int i = 0; i < 20 && !ended.get(); i++) {
        floodUntilFull(peer, flood);
        server.moveOn(Duration.ofSeconds(1));
      }
      assertTrue(ended.get());
      assertEquals(1, server.counters.closed(CloseReason.DRAIN_TIMEOUT));
    }
  }

  private static void floodUntilFull(Peer peer, ByteBuffer flood) {
    try {
      while (peer.channel().write(flood.clear()) > 0) {}
    } catch (IOException e) {
      assertFalse(peer.channel().isConnected() && e.getMessage().isEmpty(), "it was cut off");
    }
  }

  @Test
  void waitsForAnOwnerAtWorkAlsoWhenTheTimeIsOver() throws Exception {
    try (SteppedReactor server = new SteppedReactor(UDP)) {
      DatagramPort port = server.ports.get(0);
      assertTrue(port.tryHand(), "as if an owner had it");
      remove(server, 0, 0);
      server.advance(Duration.ofSeconds(1));
      assertFalse(ended.get());
      assertTrue(port.channel().isOpen());
      port.letGo(Request.WATCH, Interest.READ);
      server.reactor.request(port);
      server.advance(Duration.ofSeconds(1));
      assertTrue(ended.get());
      assertFalse(port.channel().isOpen());
    }
  }

  @Test
  void sendsWhatARemovedUdpListenerHeldAndThenClosesItsSocket() throws Exception {
    try (SteppedReactor server = new SteppedReactor(UDP + "?delay=1s");
        UdpPeer peer = UdpPeer.to(server.endpoint(0))) {
      server.send(peer, "held");
      remove(server, 0, TEN_SECONDS_NANOS);
      server.moveOn(Duration.ofMillis(500));
      assertTrue(server.ports.get(0).channel().isOpen(), "it has something to send");
      server.moveOn(Duration.ofMillis(600));
      assertEquals("held", peer.receiveText());
      server.moveOn(Duration.ofMillis(20));
      server.moveOn(Duration.ofMillis(20));
      assertTrue(ended.get(), "it had nothing more to wait for");
      assertFalse(server.ports.get(0).channel().isOpen());
    }
  }

  @Test
  void answersDatagramsByTheNewSettingsOnTheSameSocket() throws Exception {
    try (SteppedReactor server = new SteppedReactor(UDP + "?reply=ok");
        UdpPeer peer = UdpPeer.to(server.endpoint(0))) {
      server.send(peer, "a");
      assertEquals("OK...a", peer.receiveText());
      Listener after = server.succeed(UDP + "?reply=text:new");
      DatagramPort port = server.ports.get(0);
      DatagramPort.Service service =
          DatagramPort.Service.of(port.channel(), after, SteppedReactor.trusting());
      server.change(listening -> listening.succeed(port, service));
      server.send(peer, "a");
      assertEquals("new", peer.receiveText());
    }
  }

  @Test
  void leavesASocketAsItIsAsLongAsItsOwnerIsAtWork() throws Exception {
    try (SteppedReactor server = new SteppedReactor(UDP);
        UdpPeer peer = UdpPeer.to(server.endpoint(0))) {
      DatagramPort port = server.ports.get(0);
      Listener before = port.listener();
      Listener after = before.succeededBy(ListenerSpec.parse(UDP + "?reply=ok"));
      DatagramPort.Service service =
          DatagramPort.Service.of(port.channel(), after, SteppedReactor.trusting());
      assertTrue(port.tryHand());
      server.change(listening -> listening.succeed(port, service));
      assertEquals(before, port.listener(), "its owner is at work");
      assertTrue(port.tryRelease(Interest.READ));
      server.send(peer, "a");
      assertEquals("OK...a", peer.receiveText(), "the next owner has taken it up");
      assertEquals(after, port.listener());
    }
  }

  @Test
  void changesNothingWhenTheServerIsAboutToEnd() throws Exception {
    try (SteppedReactor server = new SteppedReactor(TCP)) {
      server.reactor.requestStopAccepting();
      AtomicBoolean tooLate = new AtomicBoolean();
      server.reactor.requestChange(
          listening -> {
            throw new AssertionError("changed");
          },
          () -> tooLate.set(true));
      server.step();
      assertTrue(tooLate.get());
    }
  }

  private void remove(SteppedReactor server, int index, long timeoutNanos) {
    List<Listener> gone = List.of(server.listeners.get(index));
    server.change(listening -> listening.remove(gone, timeoutNanos, () -> ended.set(true)));
  }

  private void sweepUntilEnded(SteppedReactor server) {
    server.stepUntil(
        "ended",
        () -> {
          server.clock.advance(Duration.ofMillis(10));
          return ended.get();
        });
  }
}
