package io.sounder.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sounder.server.guard.ReplyLimits.Verdict;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies per source and in all, whoever asks and however often, on a clock of the tests' own. */
class ReplyLimitsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MICROSECOND = 1_000;
  private static final long VICTIM = 1;
  private static final long OTHER = 2;

  /** Values of the clock wrap around in the middle of the first second. */
  private long nowNanos = Long.MAX_VALUE - SECOND / 2;

  @ParameterizedTest
  @CsvSource({"1000, 1100", "5, 10", "10, 20", "1, 2", "100000, 110000"})
  void answersNobodyMoreInAnySecondThanItsLimitAndWhatMayGoAtOnce(int perSecond, int most) {
    ReplyLimits limits = new ReplyLimits(perSecond, 0, nowNanos);
    Deque<Long> lastSecond = new ArrayDeque<>();
    long inAll = 0;
    int seconds = 5;
    for (int i = 0; i < seconds * 200_000; i++) {
      nowNanos += SECOND / 200_000;
      while (!lastSecond.isEmpty() && nowNanos - lastSecond.peek() >= SECOND) {
        lastSecond.poll();
      }
      if (limits.take(VICTIM, nowNanos) == Verdict.ALLOWED) {
        lastSecond.add(nowNanos);
        inAll++;
        assertTrue(lastSecond.size() <= most, lastSecond.size() + " within a second");
      }
    }
    long wanted = (long) seconds * perSecond;
    assertTrue(inAll >= wanted && inAll <= wanted + most - perSecond + 1, inAll + " in all");
  }

  @Test
  void losesNothingOfAQuietSourceBesideAMillionForgedOnesAndAVictim() {
    ReplyLimits limits = new ReplyLimits(1_000, 0, nowNanos);
    int answeredVictim = 0;
    int refusedForged = 0;
    for (int i = 0; i < 1_000_000; i++) { // a second: a million forged ones, 50 kpps, 100 pps
      nowNanos += MICROSECOND;
      refusedForged += limits.take(0x2001_0db8_0000_0000L + i, nowNanos) == Verdict.ALLOWED ? 0 : 1;
      if (i % 20 == 0 && limits.take(VICTIM, nowNanos) == Verdict.ALLOWED) {
        answeredVictim++;
      }
      if (i % 10_000 == 0) {
        assertEquals(Verdict.ALLOWED, limits.take(OTHER, nowNanos), "the quiet source");
      }
    }
    assertTrue(answeredVictim <= 1_100, "the victim got " + answeredVictim);
    assertTrue(answeredVictim >= 1_000, "the victim got " + answeredVictim);
    assertEquals(0, refusedForged);
  }

  @Test
  void remembersWhoUsedMuchWhileAMillionOthersUseLittle() {
    ReplyLimits limits = new ReplyLimits(2, 0, nowNanos);
    int answered = 0;
    for (int i = 0; i < 1_000_000; i++) {
      nowNanos += MICROSECOND;
      limits.take(0x2001_0db8_0000_0000L + i, nowNanos);
      if (i % 10 == 0 && limits.take(VICTIM, nowNanos) == Verdict.ALLOWED) {
        answered++;
      }
    }
    assertTrue(answered <= 4, "two at once and two in a second, but not " + answered);
  }

  @Test
  void answersNoMoreInAllHoweverManyAsk() {
    ReplyLimits limits = new ReplyLimits(1_000, 10_000, nowNanos);
    int answered = 0;
    int exceeded = 0;
    for (int i = 0; i < 200_000; i++) {
      nowNanos += SECOND / 200_000;
      switch (limits.take(i, nowNanos)) {
        case ALLOWED -> answered++;
        case TOTAL_EXCEEDED -> exceeded++;
        case SOURCE_EXCEEDED -> throw new AssertionError("each asked once");
      }
    }
    assertEquals(200_000, answered + exceeded);
    assertTrue(answered >= 10_000 && answered <= 11_000, answered + " in a second");
  }

  @Test
  void doesNotCountAgainstTheTotalWhatASourceMayNotHave() {
    ReplyLimits limits = new ReplyLimits(10, 20, nowNanos);
    for (int i = 0; i < 1_000; i++) {
      limits.take(VICTIM, nowNanos);
    }
    assertEquals(Verdict.SOURCE_EXCEEDED, limits.take(VICTIM, nowNanos));
    assertEquals(Verdict.TOTAL_EXCEEDED, limits.take(OTHER, nowNanos), "ten have gone at once");
    nowNanos += SECOND / 20; // not later than after those ten
    assertEquals(Verdict.ALLOWED, limits.take(OTHER, nowNanos));
  }

  @Test
  void costsNoMoreMemoryForAMillionSourcesThanForNone() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    ReplyLimits limits = new ReplyLimits(1, 1_000_000, nowNanos);
    LoopBreaker breaker = new LoopBreaker();
    long built = threads.getCurrentThreadAllocatedBytes();
    ByteBuffer payload = ByteBuffer.allocate(64);
    for (int i = 0; i < 1_000_000; i++) {
      nowNanos += MICROSECOND;
      payload.putInt(0, i);
      limits.take(i, nowNanos);
      breaker.judge(i, payload, nowNanos);
    }
    long asked = threads.getCurrentThreadAllocatedBytes();
    assertTrue(built - before < 1 << 20, (built - before) + " bytes to begin with");
    assertTrue(asked - built < 64 << 10, (asked - built) + " bytes for a million sources");
  }
}
