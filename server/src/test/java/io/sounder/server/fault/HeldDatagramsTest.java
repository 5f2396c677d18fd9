package io.sounder.server.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.server.fault.HeldDatagrams.Held;
import io.sounder.server.fixture.ManualClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The replies of one UDP socket that wait. */
class HeldDatagramsTest {
  private static final InetSocketAddress ONE = peer(1);
  private static final InetSocketAddress OTHER = peer(2);

  private final HeldDatagrams held = new HeldDatagrams();
  private final long begin = new ManualClock().nanoTime();

  @Test
  void givesThemOutAsTheyAreDue() {
    Held late = hold(ONE, null, 30);
    Held soon = hold(ONE, null, 10);
    Held asSoon = hold(OTHER, null, 10);
    assertEquals(begin + 10, held.nextNanos());
    assertNull(held.takeDue(begin + 9));
    assertSame(soon, held.takeDue(begin + 10));
    assertSame(asSoon, held.takeDue(begin + 10), "in the order in which they were made");
    assertNull(held.takeDue(begin + 10));
    assertSame(late, held.takeDue(begin + 100));
    assertTrue(held.isEmpty());
  }

  @Test
  void tellsTimesApartThatWrapAround() {
    long two = Long.MAX_VALUE - 10 - begin;
    Held before = hold(ONE, null, two);
    Held after = hold(ONE, null, two + 20);
    assertSame(before, held.takeDue(begin + two + 30));
    assertSame(after, held.takeDue(begin + two + 30));
  }

  @Test
  void givesOneOutThatALaterReplyToTheSamePeerHasOvertaken() {
    Held first = hold(ONE, Fault.REORDER, 100);
    assertNull(held.takeOvertaken(OTHER, held.nextNumber()));
    assertNull(held.takeOvertaken(ONE, first.number()), "by itself");
    assertTrue(held.isAnyToBeOvertaken(ONE));
    assertSame(first, held.takeOvertaken(ONE, held.nextNumber()));
    assertFalse(held.isAnyToBeOvertaken(ONE));
    assertTrue(held.isEmpty());
    assertNull(held.takeOvertaken(ONE, held.nextNumber()));
  }

  @Test
  void isNotOvertakenByAnEarlierReplyThatWasDelayed() {
    Held delayed = hold(ONE, null, 10);
    Held first = hold(ONE, Fault.REORDER, 100);
    assertSame(delayed, held.takeDue(begin + 10));
    assertNull(held.takeOvertaken(ONE, delayed.number()));
    assertSame(first, held.takeDue(begin + 100));
  }

  @Test
  void givesOneOutThatNobodyHasOvertakenInTime() {
    Held first = hold(ONE, Fault.REORDER, 100);
    assertSame(first, held.takeDue(begin + 100));
    assertFalse(held.isAnyToBeOvertaken(ONE));
  }

  @Test
  void isFullAtItsLimit() {
    for (int i = 0; i < HeldDatagrams.MAX_HELD; i++) {
      assertFalse(held.isFull());
      hold(ONE, null, i);
    }
    assertTrue(held.isFull());
    held.takeDue(begin);
    assertFalse(held.isFull());
  }

  @Test
  void givesAllBackAtTheEnd() {
    Held first = hold(ONE, Fault.REORDER, 100);
    Held second = hold(ONE, null, 10);
    List<Held> all = new ArrayList<>();
    held.clear(all::add);
    assertEquals(List.of(second, first), all);
    assertTrue(held.isEmpty());
    assertFalse(held.isAnyToBeOvertaken(ONE));
  }

  private Held hold(InetSocketAddress to, Fault deed, long afterNanos) {
    Held reply =
        new Held(
            to,
            ByteBuffer.allocate(1),
            new Treatment(deed, false, false, 0, begin + afterNanos),
            held.nextNumber());
    held.hold(reply);
    return reply;
  }

  private static InetSocketAddress peer(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
