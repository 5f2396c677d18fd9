package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.endpoint.FaultChange;
import io.sounder.protocol.endpoint.FaultSpec;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.Connection;
import io.sounder.server.fault.FaultCounts;
import io.sounder.server.fault.FaultPlan;
import io.sounder.server.fault.StreamFaults;
import io.sounder.server.fixture.Certificates;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.TlsPeer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections end whose replies wait, and those that are ended on purpose. */
@Timeout(30)
class FaultyEndsTest {
  private static final String ANY = "tcp://127.0.0.1:0?";
  private static final Duration A_NANO = Duration.ofNanos(1);
  private static final Duration SWEEP = Duration.ofMillis(10);
  private static final int NOT_YET = -1;

  @Test
  void sendsWhatWaitsBeforeItDrains() throws Exception {
    AtomicInteger cutOff = new AtomicInteger(NOT_YET);
    try (SteppedReactor server = new SteppedReactor(ANY + "framing=line&delay=5s");
        Peer peer = server.connect()) {
      server.send(peer, "one\n");
      peer.send("two\n"); // arrives, and is not read yet
      server.reactor.requestDrain(Duration.ofSeconds(20).toNanos(), cutOff::set);
      for (int i = 0; i < 499; i++) {
        server.moveOn(SWEEP);
      }
      assertEquals(0, server.tally().bytesSent());
      server.moveOn(SWEEP);
      assertEquals("one\n", peer.readText(4));
      server.stepUntil("read", () -> server.tally().messages() == 2);
      server.moveOn(Duration.ofSeconds(5));
      assertEquals("two\n", peer.readTextToEnd());
      peer.leave();
      for (int i = 0; cutOff.get() == NOT_YET && i < 100; i++) {
        server.moveOn(SWEEP);
      }
      assertEquals(0, cutOff.get());
      assertEquals(1, server.counters.closed(CloseReason.DRAIN));
    }
  }

  @Test
  void givesBackWhatWaitsBehindWhatTlsStillHolds() throws Exception {
    String keys = "framing=line&delay=1s&sndbuf=4KiB";
    try (SteppedReactor server = new SteppedReactor(Certificates.listener(keys));
        Peer peer = server.connectWithSmallBuffers()) {
      TlsPeer tls = new TlsPeer(peer, "TLSv1.3").shakeHands(server::step);
      byte[] records = tls.encrypted("x".repeat(60_000) + "\nwaits behind it\n");
      tls.send(records, 10_000, server::step);
      server.stepUntil("held", () -> server.tally().messages() == 2);
      server.moveOn(Duration.ofSeconds(1)); // they are due, and the peer does not take the first
      assertTrue(server.tally().bytesSent() > 0);
      peer.reset();
      server.stepUntil("closed", () -> server.counters.closed(CloseReason.RESET) == 1);
      assertEquals(0, server.reactor.pool().bufferBytes());
    }
  }

  @Test
  void waitsForNoReplyLongerThanItDrains() throws Exception {
    AtomicInteger cutOff = new AtomicInteger(NOT_YET);
    try (SteppedReactor server = new SteppedReactor(ANY + "delay=5s");
        Peer peer = server.connect()) {
      server.send(peer, "hello");
      server.reactor.requestDrain(Duration.ofSeconds(1).toNanos(), cutOff::set);
      for (int i = 0; cutOff.get() == NOT_YET && i < 200; i++) {
        server.moveOn(SWEEP);
      }
      assertEquals(1, cutOff.get());
      assertEquals(1, server.counters.closed(CloseReason.DRAIN_TIMEOUT));
      assertEquals(0, server.injected(Fault.DELAY));
    }
  }

  @Test
  void closesAfterTheLastReplyThatWaits() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "framing=line&delay=1s&close-after=2");
        Peer peer = server.connect()) {
      server.send(peer, "one\ntwo\nthree\n");
      server.moveOn(Duration.ofSeconds(1));
      assertEquals("one\ntwo\n", peer.readTextToEnd());
      peer.leave();
      server.stepUntil("closed", () -> server.counters.closed() == 1);
      assertEquals(1, server.counters.closed(CloseReason.CLOSE_AFTER));
    }
  }

  @Test
  void answersAPeerThatHasEndedItsSide() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "framing=line&delay=1s");
        Peer peer = server.connect()) {
      server.send(peer, "one\nunfinished");
      peer.shutdownOutput();
      server.moveOn(Duration.ofSeconds(1));
      assertEquals("one\n", peer.readText(4));
      server.stepUntil("the end is read", () -> server.tally().messages() == 2);
      server.moveOn(Duration.ofSeconds(1));
      assertEquals("unfinished", peer.readTextToEnd());
      server.stepUntil("closed", () -> server.counters.closed() == 1);
      assertEquals(1, server.counters.closed(CloseReason.PEER_CLOSED));
    }
  }

  @Test
  void countsADroppedReplyAsAnswered() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "framing=line&drop=100&close-after=2");
        Peer peer = server.connect()) {
      peer.send("one\ntwo\nthree\n");
      server.stepUntil("answered", () -> server.tally().messages() == 2);
      assertEquals("", peer.readTextToEnd());
      assertEquals(2, server.injected(Fault.DROP));
    }
  }

  /** What ends a connection waits for its place behind a reply that is delayed. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CLOSE", "TRUNCATE", "RST"})
  void endsBehindTheReplyThatWaits(Fault end) throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "framing=line&delay=1s");
        Peer peer = server.connect()) {
      server.send(peer, "one\n");
      server.inject(end.text() + "=100");
      peer.send("two!\nthree\n");
      server.moveOn(Duration.ofSeconds(1).minus(A_NANO));
      assertEquals(0, server.tally().bytesSent());
      server.moveOn(A_NANO);
      assertEquals("one\n", peer.readText(4));
      server.stepUntil("ended", () -> server.injected(end) == 1);
      assertEquals(2, server.tally().messages());
    }
  }

  @Test
  void endsInsideTheMessagesThatWereReadTogether() throws Exception {
    String keys = "framing=line&delay=1s&close=50&seed=";
    FaultSpec spec = FaultChange.parse("tcp://127.0.0.1:1?close=50").faults();
    long seed = 0; // one that closes in the place of the third reply
    while (closesAt(spec.withSeed(seed)) != 2) {
      seed++;
    }
    try (SteppedReactor server = new SteppedReactor(ANY + keys + seed);
        Peer peer = server.connect()) {
      server.send(peer, "one\ntwo\nthree\nfour\n");
      assertEquals(3, server.tally().messages());
      assertEquals(0, server.injected(Fault.CLOSE));
      server.moveOn(Duration.ofSeconds(1));
      assertEquals("one\ntwo\n", peer.readTextToEnd());
      peer.leave();
      server.stepUntil("closed", () -> server.counters.closed() == 1);
      assertEquals(1, server.counters.closed(CloseReason.FAULT));
      assertEquals(1, server.injected(Fault.CLOSE));
      assertEquals(2, server.injected(Fault.DELAY));
    }
  }

  private static int closesAt(FaultSpec spec) {
    FaultPlan plan = new FaultPlan(spec, 0, new FaultCounts());
    StreamFaults faults = new StreamFaults();
    int index = 0;
    while (faults.draw(plan, 1).deed() != Fault.CLOSE) {
      index++;
    }
    return index;
  }

  @Test
  void lingersAfterAnInjectedClose() throws Exception {
    try (SteppedReactor server = new SteppedReactor(ANY + "close=100");
        Peer peer = server.connect()) {
      server.send(peer, "hello");
      assertArrayEquals(new byte[0], peer.readToEnd());
      assertFalse(server.counters.closed() > 0);
      server.advance(Duration.ofNanos(Connection.LINGER_NANOS));
      assertEquals(1, server.counters.closed(CloseReason.FAULT));
    }
  }
}
