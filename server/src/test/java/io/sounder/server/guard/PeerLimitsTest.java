package io.sounder.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What each source may have of a stream listener. */
class PeerLimitsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long ONE = 1;
  private static final long OTHER = 2;

  private long nowNanos = Long.MAX_VALUE - SECOND / 2;

  @Test
  void letsEachSourceHaveSoManyAtOnce() {
    PeerLimits limits = new PeerLimits(100, 0);
    for (int i = 0; i < 100; i++) {
      assertTrue(limits.tryEnter(ONE));
    }
    assertFalse(limits.tryEnter(ONE));
    assertTrue(limits.tryEnter(OTHER));
    limits.onLeft(ONE);
    assertTrue(limits.tryEnter(ONE));
    assertFalse(limits.tryEnter(ONE));
  }

  @Test
  void forgetsSourcesThatHaveNoneLeft() {
    PeerLimits limits = new PeerLimits(2, 0);
    for (long source = 0; source < 1_000; source++) {
      assertTrue(limits.tryEnter(source));
      assertTrue(limits.tryEnter(source));
    }
    assertEquals(1_000, limits.sources());
    for (long source = 0; source < 1_000; source++) {
      limits.onLeft(source);
      limits.onLeft(source);
    }
    assertEquals(0, limits.sources());
  }

  @Test
  void letsEachSourceBeginASecondsWorthAtOnceAndThenOneAfterTheOther() {
    PeerLimits limits = new PeerLimits(0, 5);
    for (int i = 0; i < 5; i++) {
      assertTrue(limits.tryBegin(ONE, nowNanos));
    }
    assertFalse(limits.tryBegin(ONE, nowNanos));
    assertTrue(limits.tryBegin(OTHER, nowNanos));
    for (int i = 0; i < 20; i++) {
      nowNanos += SECOND / 5 - 1;
      assertFalse(limits.tryBegin(ONE, nowNanos));
      nowNanos += 1;
      assertTrue(limits.tryBegin(ONE, nowNanos));
    }
  }

  @Test
  void countsNothingWhereItIsOff() {
    PeerLimits off = new PeerLimits(0, 0);
    for (int i = 0; i < 100_000; i++) {
      assertTrue(off.tryBegin(ONE, nowNanos) && off.tryEnter(ONE));
    }
    assertEquals(0, off.sources());
  }
}
