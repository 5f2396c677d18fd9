package io.sounder.server.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.endpoint.FaultSpec;
import io.sounder.protocol.endpoint.ListenerSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The replies of one connection that wait for their time. */
class StreamFaultsTest {
  private static final long MS = 1_000_000L;

  private final StreamFaults faults = new StreamFaults();

  @Test
  void holdsNothingAtFirst() {
    assertFalse(faults.isHolding());
    assertFalse(faults.isFull());
    assertEquals(-1, faults.sendable(0));
  }

  @Test
  void letsAReplyGoWhenItIsDue() {
    Treatment treatment = dueAt(5);
    faults.hold(treatment, 10);
    assertEquals(5, faults.nextNanos());
    assertEquals(-1, faults.sendable(4));
    assertEquals(10, faults.sendable(5));
    assertNull(faults.onSent(4));
    assertEquals(6, faults.sendable(5));
    assertSame(treatment, faults.onSent(6));
    assertFalse(faults.isHolding());
  }

  @Test
  void keepsTheOrderOfThoseThatWouldBeDueSooner() {
    faults.hold(dueAt(5), 1);
    faults.hold(dueAt(3), 2);
    faults.hold(dueAt(7), 3);
    assertEquals(5, faults.nextNanos());
    faults.onSent(1);
    assertEquals(5, faults.nextNanos());
    assertEquals(2, faults.sendable(5));
    faults.onSent(2);
    assertEquals(-1, faults.sendable(6));
    assertEquals(7, faults.nextNanos());
  }

  @Test
  void givesWhatIsNotSentItsPlaceInTheRow() {
    faults.hold(dueAt(5), 1);
    faults.hold(treatment(Fault.DROP, 0, 0), 0);
    assertEquals(-1, faults.sendable(4));
    faults.onSent(1);
    assertEquals(0, faults.sendable(5));
    assertEquals(Fault.DROP, faults.onSent(0).deed());
  }

  @Test
  void isFullWithAsManyBytesAsOneReadMayGive() {
    faults.hold(dueAt(5), 1);
    faults.bytes(ByteBuffer.allocate(StreamFaults.ENOUGH_BYTES - 1));
    assertFalse(faults.isFull());
    faults.bytes(ByteBuffer.allocate(StreamFaults.ENOUGH_BYTES));
    assertTrue(faults.isFull());
  }

  @Test
  void isFullWithManyReplies() {
    for (int i = 0; i < StreamFaults.ENOUGH_REPLIES; i++) {
      assertFalse(faults.isFull());
      faults.hold(dueAt(5), 0);
    }
    assertTrue(faults.isFull());
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RST", "CLOSE", "TRUNCATE"})
  void takesNothingMoreBehindWhatEndsTheConnection(Fault end) {
    faults.hold(dueAt(5), 1);
    assertFalse(faults.isFull());
    faults.hold(treatment(end, 0, 0), 0);
    assertTrue(faults.isFull());
  }

  @Test
  void paysOutASlowReplyAndThenTheNext() {
    faults.hold(treatment(null, 1_000, 0), 2);
    faults.hold(treatment(null, 1_000, 0), 1);
    assertEquals(0, faults.sendable(0));
    assertEquals(2 * MS, faults.nextNanos());
    assertEquals(1, faults.sendable(MS));
    assertNull(faults.onSent(1));
    assertEquals(1, faults.sendable(2 * MS));
    assertEquals(1_000, faults.onSent(1).slowBytesPerSecond());
    assertEquals(0, faults.sendable(3 * MS - 1), "the next begins behind it");
    assertEquals(1, faults.sendable(3 * MS));
  }

  @Test
  void drawsFromTheBeginningUnderAnotherPlan() {
    FaultSpec spec = ListenerSpec.parse("tcp://127.0.0.1:1?drop=50&seed=1").faults();
    FaultPlan plan = new FaultPlan(spec, 0, new FaultCounts());
    FaultPlan another = new FaultPlan(spec, 0, new FaultCounts());
    List<Verdict> first = draw(plan, 50);
    List<Verdict> second = draw(plan, 50);
    assertNotEquals(first, second);
    assertEquals(first, draw(another, 50));
  }

  private List<Verdict> draw(FaultPlan plan, int count) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      verdicts.add(faults.draw(plan, 1));
    }
    return verdicts;
  }

  private static Treatment dueAt(long nanos) {
    return treatment(null, 0, nanos);
  }

  private static Treatment treatment(Fault deed, long slow, long dueNanos) {
    return new Treatment(deed, false, false, slow, dueNanos);
  }
}
