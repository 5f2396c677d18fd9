package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.fault.FaultPlan;
import io.sounder.server.fault.HeldDatagrams;
import io.sounder.server.fixture.UdpPeer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies over UDP that wait for their time, on a clock that the tests move. */
@Timeout(30)
class HeldDatagramRepliesTest {
  private static final String ANY = "udp://127.0.0.1:0?";
  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration A_NANO = Duration.ofNanos(1);
  private static final Duration PATIENCE = Duration.ofNanos(FaultPlan.REORDER_NANOS);
  private static final int NOT_YET = -1;

  @ParameterizedTest
  @ValueSource(strings = {"1ns", "10us", "2ms", "1h"})
  void delaysAReplyExactlyAndNeverLess(String delay) throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "delay=" + delay);
        UdpPeer peer = UdpPeer.to(server.endpoint(0))) {
      long nanos = server.listeners.get(0).faults().spec().delays().get(0).nanos();
      server.send(peer, "hello");
      server.moveOn(Duration.ofNanos(nanos).minus(A_NANO));
      assertTrue(peer.hasNothing());
      server.moveOn(A_NANO);
      assertEquals("hello", peer.receiveText());
      assertEquals(1, server.injected(Fault.DELAY));
    }
  }

  @Test
  void answersOthersWhileAReplyWaits() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "delay=1s");
        UdpPeer peer = UdpPeer.to(server.endpoint(0));
        UdpPeer other = UdpPeer.to(server.endpoint(0))) {
      server.send(peer, "delayed");
      server.inject("");
      for (int i = 0; i < 100; i++) {
        server.send(other, "other " + i);
        assertEquals("other " + i, other.receiveText());
      }
      assertTrue(peer.hasNothing());
      server.moveOn(Duration.ofSeconds(1));
      assertEquals("delayed", peer.receiveText());
    }
  }

  @Test
  void makesExactlySoManyRepliesInEachSecond() throws Exception {
    int perSecond = 20_000;
    try (SteppedReactor server = new SteppedReactor(ANY + "capacity=" + perSecond);
        UdpPeer peer = UdpPeer.to(server.endpoint(0))) {
      long before = 0;
      for (int second = 0; second < 3; second++) {
        for (int ms = 0; ms < 1_000; ms++) {
          for (int i = 0; i < 22; i++) {
            peer.send("x");
          }
          server.moveOn(MS);
          while (!peer.hasNothing()) {}
        }
        long sent = server.tally().replies();
        if (second > 0) { // the first begins when the first message has come
          assertEquals(perSecond, sent - before, "in second " + second);
        }
        before = sent;
      }
    }
  }

  @Test
  void countsWhatItCannotHold() throws Exception {
    int tooMany = 70;
    try (SteppedReactor server = new SteppedReactor(ANY + "delay=1h");
        UdpPeer peer = UdpPeer.to(server.endpoint(0))) {
      int count = HeldDatagrams.MAX_HELD + tooMany;
      sendAll(server, peer, count);
      assertEquals(tooMany, server.counters.dropped(DatagramDrop.FAULT_QUEUE_FULL));
      server.moveOn(Duration.ofHours(1));
      server.stepUntil("all sent", () -> server.tally().replies() == count - tooMany);
      assertEquals(count - tooMany, server.injected(Fault.DELAY));
    }
  }

  @Test
  void wastesNoCapacityOnWhatItCannotHold() throws Exception {
    int perSecond = 1_000;
    int tooMany = 5 * perSecond;
    try (SteppedReactor server = new SteppedReactor(ANY + "capacity=" + perSecond);
        UdpPeer peer = UdpPeer.to(server.endpoint(0))) {
      int count = HeldDatagrams.MAX_HELD + 1; // the first goes at once
      sendAll(server, peer, count + tooMany);
      assertEquals(tooMany, server.counters.dropped(DatagramDrop.FAULT_QUEUE_FULL));
      server.moveOn(Duration.ofSeconds(count / perSecond + 1));
      server.stepUntil("all sent", () -> server.tally().replies() == count);
      while (!peer.hasNothing()) {}
      server.send(peer, "the next");
      assertEquals(count + 1, server.tally().replies(), "the next need not wait");
      assertEquals("the next", peer.receiveText());
    }
  }

  /** In small groups, so that none is lost on its way to the server. */
  private static void sendAll(SteppedReactor server, UdpPeer peer, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      peer.send("x");
      if (i % 50 == 49 || i == count - 1) {
        int sent = i + 1;
        server.stepUntil("received", () -> server.tally().messages() == sent);
      }
    }
  }

  @Test
  void sendsAReplyAfterTheNextToTheSamePeer() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "reorder=100");
        UdpPeer peer = UdpPeer.to(server.endpoint(0));
        UdpPeer other = UdpPeer.to(server.endpoint(0))) {
      server.send(peer, "1");
      server.send(other, "a");
      assertTrue(peer.hasNothing());
      assertTrue(other.hasNothing());
      server.send(peer, "2");
      assertEquals("2", peer.receiveText());
      assertEquals("1", peer.receiveText());
      assertTrue(other.hasNothing());
      server.send(other, "b");
      assertEquals("b", other.receiveText());
      assertEquals("a", other.receiveText());
      assertEquals(2, server.injected(Fault.REORDER));
    }
  }

  @Test
  void losesNoReplyThatNobodyOvertakes() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "reorder=100");
        UdpPeer peer = UdpPeer.to(server.endpoint(0))) {
      server.send(peer, "1");
      server.moveOn(PATIENCE.minus(A_NANO));
      assertTrue(peer.hasNothing());
      server.moveOn(A_NANO);
      assertEquals("1", peer.receiveText());
      assertEquals(0, server.injected(Fault.REORDER));
      assertEquals(1, server.injected(Fault.DELAY));
    }
  }

  @Test
  void sendsWhatWaitsBeforeItDrainsAndReceivesNothingMore() throws Exception {
    AtomicInteger cutOff = new AtomicInteger(NOT_YET);
    try (SteppedReactor server = new SteppedReactor(ANY + "delay=5s");
        UdpPeer peer = UdpPeer.to(server.endpoint(0))) {
      server.send(peer, "before");
      server.reactor.requestDrain(Duration.ofSeconds(10).toNanos(), cutOff::set);
      server.moveOn(MS);
      peer.send("after");
      for (int i = 0; i < 4_998; i++) {
        server.moveOn(MS);
      }
      assertTrue(peer.hasNothing());
      assertEquals(NOT_YET, cutOff.get());
      server.moveOn(MS);
      assertEquals("before", peer.receiveText());
      for (int i = 0; cutOff.get() == NOT_YET && i < 100; i++) {
        server.moveOn(MS);
      }
      assertEquals(0, cutOff.get());
      assertEquals(1, server.counters.datagrams());
    }
  }

  @Test
  void waitsForNoReplyLongerThanItDrains() throws Exception {
    AtomicInteger cutOff = new AtomicInteger(NOT_YET);
    try (SteppedReactor server = new SteppedReactor(ANY + "delay=5s");
        UdpPeer peer = UdpPeer.to(server.endpoint(0))) {
      server.send(peer, "hello");
      server.reactor.requestDrain(Duration.ofMillis(100).toNanos(), cutOff::set);
      for (int i = 0; cutOff.get() == NOT_YET && i < 200; i++) {
        server.moveOn(MS);
      }
      assertEquals(0, cutOff.get(), "a socket is no connection");
      assertEquals(0, server.injected(Fault.DELAY));
      assertTrue(peer.hasNothing());
    }
  }

  /** As much as all connections may hold together would be gone long before the end. */
  @Test
  void givesBackTheBuffersOfWhatHasWaited() throws Exception {
    byte[] datagram = new byte[60_000];
    long budget = 16 << 20;
    long rounds = 2 * budget / datagram.length;
    try (SteppedReactor server =
            SteppedReactor.withBufferBudget(budget, ANY + "delay=1ms&reorder=50");
        UdpPeer peer = UdpPeer.to(server.endpoint(0))) {
      for (int i = 1; i <= rounds; i++) {
        long messages = i;
        peer.send(datagram);
        server.stepUntil("received", () -> server.tally().messages() == messages);
        server.moveOn(MS);
        while (!peer.hasNothing()) {}
      }
      assertEquals(0, server.counters.dropped(DatagramDrop.FAULT_QUEUE_FULL));
    }
  }
}
