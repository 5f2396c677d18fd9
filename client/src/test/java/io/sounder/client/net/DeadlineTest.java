package io.sounder.client.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DeadlineTest {
  private long now = Long.MAX_VALUE - 10; // so that the clock wraps on the way
  private final NanoClock clock = () -> now;

  @Test
  void passesWhenItsMomentComesAlsoWhenTheClockWraps() {
    Deadline deadline = Deadline.after(clock, 100);
    now += 99;
    assertFalse(deadline.hasPassed());
    assertEquals(1, deadline.remainingNanos());

    now += 1;

    assertTrue(deadline.hasPassed());
    assertEquals(0, deadline.remainingNanos());
  }

  @Test
  void neverIsForeverForASelector() {
    assertFalse(Deadline.never().hasPassed());
    assertEquals(0, Deadline.never().selectMillis());
  }

  @Test
  void aSelectorWaitsAtLeastAMillisecondSoThatItDoesNotSpin() {
    assertEquals(1, Deadline.after(clock, 1).selectMillis());
    assertEquals(2, Deadline.after(clock, 1_000_001).selectMillis());
    assertEquals(1, Deadline.after(clock, 0).selectMillis(), "0 would be for ever");
  }

  @Test
  void theLongestDurationDoesNotWrap() {
    assertFalse(Deadline.after(clock, Long.MAX_VALUE).hasPassed());
  }
}
