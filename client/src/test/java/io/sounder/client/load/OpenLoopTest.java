package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.rate.ArrivalProcess;
import io.sounder.client.load.rate.RateProfile;
import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.stats.Timings;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private static final long START = 1_000_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final Pace EACH_MILLISECOND =
      new Pace(RateProfile.constant(1000), ArrivalProcess.UNIFORM, 1);

  private final Schedule schedule = new Schedule(LoadPlan.UNLIMITED, 0);
  private final LoopStatistics statistics = new LoopStatistics(true);

  private OpenLoop loop(long requests) {
    return new OpenLoop(
        schedule, EACH_MILLISECOND.warmUp(0, 1), EACH_MILLISECOND.measured(0, 1), requests);
  }

  @Test
  void nothingIsDueBeforeTheStartNorAfterTheEnd() {
    OpenLoop loop = loop(Pacer.NEVER);
    assertEquals(Pacer.NEVER, loop.untilNextNanos(START));
    schedule.start(START, 0, 10 * MILLI);
    assertEquals(0, loop.untilNextNanos(START));
    assertEquals(Pacer.NEVER, loop.untilNextNanos(START + 10 * MILLI));
    assertFalse(loop.claim(START + 10 * MILLI));
  }

  @Test
  void eachRequestHasItsOwnMomentHoweverLateItIsClaimed() {
    OpenLoop loop = loop(Pacer.NEVER);
    schedule.start(START, 0, 100 * MILLI);
    long late = START + 50 * MILLI;
    for (int i = 0; i <= 50; i++) {
      assertTrue(loop.claim(late), "request " + i);
      assertEquals(START + i * MILLI, loop.claimedNanos());
    }
    assertFalse(loop.claim(late), "the next one is due a millisecond later");
    assertEquals(MILLI, loop.untilNextNanos(late));
  }

  @Test
  void whatTheWarmUpDidNotSendIsDroppedWhenTheMeasurementBegins() {
    OpenLoop loop = loop(Pacer.NEVER);
    schedule.start(START, 20 * MILLI, 10 * MILLI);
    assertTrue(loop.claim(START + 5 * MILLI));
    assertEquals(START, loop.claimedNanos());
    assertTrue(loop.claim(START + 22 * MILLI));
    assertEquals(START + 20 * MILLI, loop.claimedNanos(), "the first that is measured");
  }

  @Test
  void betweenTheLastOfTheWarmUpAndTheMeasurementItWaitsForTheLatter() {
    Pace slow = new Pace(RateProfile.constant(10), ArrivalProcess.UNIFORM, 1);
    OpenLoop loop = new OpenLoop(schedule, slow.warmUp(0, 1), slow.measured(0, 1), Pacer.NEVER);
    schedule.start(START, 30 * MILLI, 100 * MILLI);
    assertTrue(loop.claim(START));
    assertEquals(30 * MILLI, loop.untilNextNanos(START), "not the warm-up's second, at 100 ms");
    assertTrue(loop.claim(START + 30 * MILLI));
    assertEquals(START + 30 * MILLI, loop.claimedNanos());
  }

  @Test
  void aLimitIsOfTheMeasurementOnlyAndThenItIsExhausted() {
    OpenLoop loop = loop(3);
    schedule.start(START, 5 * MILLI, 100 * MILLI);
    for (int i = 0; i < 5; i++) {
      assertTrue(loop.claim(START + i * MILLI));
    }
    for (int i = 0; i < 3; i++) {
      assertFalse(loop.isExhausted());
      assertTrue(loop.claim(START + 50 * MILLI));
    }
    assertTrue(loop.isExhausted());
    assertFalse(loop.claim(START + 60 * MILLI));
    assertEquals(0, loop.tellUnsent(statistics, Long.MIN_VALUE, START + 100 * MILLI));
  }

  @Test
  void whatWasPlannedIsWhatWasSentAndWhatWasNot() {
    OpenLoop loop = loop(Pacer.NEVER);
    schedule.start(START, 0, 10 * MILLI);
    statistics.measureFrom(START);
    for (int i = 0; i < 4; i++) {
      assertTrue(loop.claim(START + 9 * MILLI));
    }
    long noRoomUntil = START + 8 * MILLI;
    assertEquals(6, loop.tellUnsent(statistics, noRoomUntil, START + 30 * MILLI));
    Timings timings = statistics.snapshot(0, new Timings(true)).timings();
    assertEquals(6, timings.responseLowerBounds());
    assertEquals(0, timings.serviceLowerBounds());
    assertAbout(26 * MILLI, timings.response().maxNanos());
    assertAbout(2 * MILLI, timings.sendLag().maxNanos());
  }

  @Test
  void anInterruptEndsThePlanToo() {
    OpenLoop loop = loop(Pacer.NEVER);
    schedule.start(START, 0, 1000 * MILLI);
    statistics.measureFrom(START);
    assertTrue(loop.claim(START));
    schedule.interrupt(START + 7 * MILLI);
    assertFalse(loop.claim(START + 7 * MILLI));
    assertEquals(6, loop.tellUnsent(statistics, Long.MIN_VALUE, START + 8 * MILLI));
  }

  @Test
  void theLagOfARequestThatWaitedForRoomRunsFromTheRoom() {
    assertEquals(30 * MILLI, lagOfTheSecond(Pacer.NEVER, 31), "there was room when it fell due");
    assertEquals(10 * MILLI, lagOfTheSecond(START + 21 * MILLI, 31), "room came later");
    assertEquals(30 * MILLI, lagOfTheSecond(START, 31), "room came before");
    assertEquals(0, lagOfTheSecond(START + 32 * MILLI, 31), "never negative");
  }

  /** Of the request that is planned for the first millisecond. */
  private long lagOfTheSecond(long roomSinceNanos, long sentMillis) {
    OpenLoop loop = loop(Pacer.NEVER);
    schedule.start(START, 0, 100 * MILLI);
    assertTrue(loop.claim(START));
    assertTrue(loop.claim(START + sentMillis * MILLI));
    return loop.lagNanos(roomSinceNanos, START + sentMillis * MILLI);
  }

  @Test
  void whatAStallOfOursHasHeldUpIsLateUntilNothingIsOverdue() {
    OpenLoop loop = loop(Pacer.NEVER);
    schedule.start(START, 0, 1000 * MILLI);
    long afterStall = START + 20 * MILLI;
    assertTrue(loop.claim(afterStall));
    assertEquals(20 * MILLI, loop.lagNanos(Pacer.NEVER, afterStall));
    for (int i = 1; i <= 20; i++) {
      assertTrue(loop.claim(afterStall));
      long lag = loop.lagNanos(afterStall, afterStall); // the reply to the first has made room
      assertEquals((20 - i) * MILLI, lag, "it would have been sent if we had not stalled");
    }
    assertFalse(loop.claim(afterStall));
    assertTrue(loop.claim(START + 30 * MILLI));
    assertEquals(MILLI, loop.lagNanos(START + 29 * MILLI, START + 30 * MILLI), "made up for");
  }

  @Test
  void stallsAddUpForAsLongAsSomethingIsOverdue() {
    OpenLoop loop = loop(Pacer.NEVER);
    schedule.start(START, 0, 1000 * MILLI);
    assertTrue(loop.claim(START));
    for (int i = 0; i < 5; i++) {
      loop.onStall(90 * MILLI);
      long now = START + (i + 1L) * 100 * MILLI;
      assertTrue(loop.claim(now));
      long lag = loop.lagNanos(now, now);
      assertEquals((i + 1L) * 90 * MILLI, lag, "of what is late by a tenth more");
    }
    int caughtUp = 6;
    while (loop.claim(START + 500 * MILLI)) {
      caughtUp++;
    }
    assertEquals(501, caughtUp);
    loop.onStall(3 * MILLI);
    assertTrue(loop.claim(START + 510 * MILLI));
    assertEquals(3 * MILLI, loop.lagNanos(START + 510 * MILLI, START + 510 * MILLI));
  }

  @Test
  void noMoreLagIsOursThanOurStallWasLong() {
    OpenLoop loop = loop(Pacer.NEVER);
    schedule.start(START, 0, 1000 * MILLI);
    statistics.measureFrom(START);
    assertTrue(loop.claim(START + 5 * MILLI));
    assertEquals(5 * MILLI, loop.lagNanos(Pacer.NEVER, START + 5 * MILLI));
    long answered = START + 500 * MILLI;
    assertTrue(loop.claim(answered));
    assertEquals(5 * MILLI, loop.lagNanos(answered, answered), "the peer took the rest");
    schedule.interrupt(answered);
    loop.tellUnsent(statistics, answered, answered);
    assertAbout(
        5 * MILLI, statistics.snapshot(0, new Timings(true)).timings().sendLag().maxNanos());
  }

  /** To the three digits that are kept. */
  private static void assertAbout(long expected, long actual) {
    assertEquals(expected / MILLI, actual / MILLI);
  }

  @Test
  void millionsThatWereNotSentAreToldInAMoment() {
    Pace fast = new Pace(RateProfile.constant(100_000_000), ArrivalProcess.UNIFORM, 1);
    OpenLoop loop = new OpenLoop(schedule, fast.warmUp(0, 1), fast.measured(0, 1), Pacer.NEVER);
    schedule.start(START, 0, 3_600_000 * MILLI);
    statistics.measureFrom(START);
    assertTrue(loop.claim(START));
    long end = START + 3_600_000 * MILLI;
    assertEquals(360_000_000_000L - 1, loop.tellUnsent(statistics, end, end + MILLI));
    Timings timings = statistics.snapshot(0, new Timings(true)).timings();
    assertEquals(360_000_000_000L - 1, timings.response().count());
    assertEquals(360_000_000_000L - 1, timings.responseLowerBounds());
    double medianSeconds = timings.response().percentileNanos(50) / 1e9;
    assertEquals(1800, medianSeconds, 2);
  }
}
