package io.sounder.server.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** So many replies per second, and neither more nor fewer. */
@Timeout(60)
class CapacityTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ManualClock clock = new ManualClock();

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 7, 999, 20_000, 7_000_000})
  void hasExactlySoManySlotsInEachSecondHoweverLongItLasts(long perSecond) {
    Capacity capacity = new Capacity(perSecond);
    long begin = clock.nanoTime();
    for (int second = 0; second < 3; second++) {
      for (long i = 0; i < perSecond; i++) {
        long slot = capacity.nextNanos(begin) - begin;
        long expected = second * SECOND + (i * SECOND + perSecond - 1) / perSecond;
        assertEquals(expected, slot, "slot " + i + " of second " + second);
      }
    }
  }

  @Test
  void saysWhetherTheNextHasToWaitAndTakesNoSlotForIt() {
    Capacity capacity = new Capacity(1_000);
    long begin = clock.nanoTime();
    assertFalse(capacity.isBusy(begin));
    assertEquals(begin, capacity.nextNanos(begin));
    for (int i = 0; i < 100; i++) {
      assertTrue(capacity.isBusy(begin + MS - 1));
    }
    assertFalse(capacity.isBusy(begin + MS));
    assertEquals(begin + MS, capacity.nextNanos(begin + MS));
  }

  @Test
  void keepsNoTimeFromAPauseButAMoment() {
    Capacity capacity = new Capacity(1_000);
    capacity.nextNanos(clock.nanoTime());
    clock.advance(Duration.ofSeconds(10));
    int atOnce = 0;
    while (capacity.nextNanos(clock.nanoTime()) - clock.nanoTime() <= 0) {
      atOnce++;
    }
    assertEquals(3, atOnce, "two milliseconds' worth, and the one of now");
  }

  /**
   * Those who wait are released by the millisecond, each asks again a moment later, and all the
   * same nothing is lost: with few of them, with many, and with a reactor that is late at times.
   */
  @ParameterizedTest
  @CsvSource({
    "20000, 1, 0", "20000, 4, 0", "20000, 16, 0", "20000, 64, 0", "20000, 1000, 0",
    "20000, 1, 9", "20000, 16, 9", "20000, 64, 30", "333, 1, 0", "1000000, 64, 0",
  })
  void isExactOnAverageThoughRepliesAreReleasedByTheMillisecond(
      long perSecond, int clients, int stallMillis) {
    Capacity capacity = new Capacity(perSecond);
    ArrayDeque<Long> waiting = new ArrayDeque<>(); // due, in order
    long replies = 0;
    int ready = clients;
    for (int ms = 0; ms < 20_000; ms++) {
      boolean stalled = stallMillis > 0 && ms % 200 < stallMillis;
      clock.advance(Duration.ofMillis(1));
      long now = clock.nanoTime();
      if (stalled) {
        continue;
      }
      while (!waiting.isEmpty() && waiting.peek() - now <= 0) {
        capacity.onReleased(waiting.remove(), now);
        replies++;
        ready++;
      }
      while (ready > 0) {
        long due = capacity.nextNanos(now);
        if (due - now <= 0) {
          replies++;
        } else {
          ready--;
          waiting.add(due);
        }
      }
    }
    double perSecondSeen = replies / 20.0;
    assertEquals((double) perSecond, perSecondSeen, perSecond * 0.005);
  }

  @Test
  void givesNothingBackForTheTimeInWhichItWasStopped() {
    Capacity capacity = new Capacity(1_000);
    long begin = clock.nanoTime();
    capacity.nextNanos(begin);
    long due = capacity.nextNanos(begin);
    clock.advance(Duration.ofSeconds(1));
    long now = clock.nanoTime();
    capacity.onReleased(due, now);
    assertEquals(now - 2 * MS, capacity.nextNanos(now));
  }

  @Test
  void givesEachSlotToOneThreadOnly() throws Exception {
    Capacity capacity = new Capacity(1_000_000);
    long begin = clock.nanoTime();
    int each = 50_000;
    CompletableFuture<long[]> other =
        CompletableFuture.supplyAsync(() -> take(capacity, begin, each));
    long[] mine = take(capacity, begin, each);
    long[] all = Arrays.copyOf(mine, 2 * each);
    System.arraycopy(other.get(), 0, all, each, each);
    Arrays.sort(all);
    for (int i = 0; i < all.length; i++) {
      assertEquals(i * 1_000L, all[i]);
    }
    assertTrue(all.length == 2 * each);
  }

  private static long[] take(Capacity capacity, long begin, int count) {
    long[] slots = new long[count];
    for (int i = 0; i < count; i++) {
      slots[i] = capacity.nextNanos(begin) - begin;
    }
    return slots;
  }
}
