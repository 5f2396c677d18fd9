package io.sounder.server.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.LogRecorder;
import io.sounder.server.fixture.ManualClock;
import io.sounder.server.metrics.Counters;
import io.sounder.server.metrics.ThreadRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a thread counts as stuck, by the default times and a clock that the test moves. */
@Timeout(20)
class StallWatchTest {
  private static final Duration PERIOD = Duration.ofMillis(50);

  private final ManualClock clock = new ManualClock();
  private final Counters counters = new Counters();
  private final List<String> fatal = new ArrayList<>();
  private final Pulse pulse = new Pulse();
  private final CountDownLatch released = new CountDownLatch(1);
  private final Thread thread = new Thread(this::standStill, "stuck-one");
  private StallWatch watch;
  private LogRecorder log;

  @BeforeEach
  void watch() {
    log = LogRecorder.of(StallWatch.class);
    watch = new StallWatch(clock, StallPolicy.endingBy(fatal::add), counters);
    thread.start();
    Eventually.isTrue("waits", () -> thread.getState() == Thread.State.WAITING);
    watch.add(ThreadRole.REACTOR, thread, pulse);
  }

  @AfterEach
  void release() throws InterruptedException {
    released.countDown();
    thread.join();
    log.close();
  }

  private void standStill() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** So many looks, as far from each other as they should be. */
  private void lookFor(Duration time) {
    for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(PERIOD)) {
      clock.advance(PERIOD);
      watch.look();
    }
  }

  @Test
  void warnsOnceWithTheStackWithin300Milliseconds() {
    pulse.beat();
    lookFor(Duration.ofMillis(200));
    assertEquals(List.of(), log.lines());
    lookFor(Duration.ofMillis(50)); // the first look could not tell since when
    String warning = log.lines(Level.WARN).get(0);
    assertTrue(warning.startsWith("thread stuck-one has been stuck for 200 ms\n\tat "), warning);
    assertTrue(warning.contains(StallWatchTest.class.getName() + ".standStill"), warning);
    lookFor(Duration.ofSeconds(4));
    assertEquals(1, log.lines().size());
    assertEquals(1, counters.stalls(ThreadRole.REACTOR));
    assertEquals(1, counters.stuckThreads());
    assertTrue(watch.isReady());
  }

  @Test
  void tellsHowLongItTookWhenTheThreadGoesOn() {
    pulse.beat();
    lookFor(Duration.ofMillis(1050));
    pulse.beat();
    lookFor(PERIOD);
    assertEquals(
        List.of("thread stuck-one goes on; it was stuck for 1000 ms or a little longer"),
        log.lines(Level.INFO));
    assertEquals(0, counters.stuckThreads());
    assertEquals(1, counters.stalls(ThreadRole.REACTOR));
  }

  @Test
  void isNotReadyAfterFiveSecondsAndReadyAgainAfterwards() {
    pulse.beat();
    lookFor(Duration.ofSeconds(5));
    assertTrue(watch.isReady());
    lookFor(PERIOD);
    assertFalse(watch.isReady());
    assertFalse(counters.isReady());
    pulse.rest();
    lookFor(PERIOD);
    assertTrue(watch.isReady());
    assertTrue(counters.isReady());
  }

  @Test
  void givesUpAThreadAfterThirtySecondsOnce() {
    pulse.beat();
    lookFor(Duration.ofSeconds(30));
    assertEquals(List.of(), fatal);
    lookFor(Duration.ofSeconds(40));
    assertEquals(1, fatal.size());
    assertTrue(
        fatal.get(0).startsWith("thread stuck-one has been stuck for 30000 ms\n"), fatal.get(0));
  }

  @Test
  void blamesNobodyWhoRestsOrGetsOn() {
    pulse.rest();
    lookFor(Duration.ofMinutes(5));
    for (int i = 0; i < 1000; i++) {
      pulse.beat();
      lookFor(PERIOD.multipliedBy(3));
    }
    assertEquals(List.of(), log.lines());
    assertEquals(0, counters.stalls(ThreadRole.REACTOR));
  }

  @Test
  void blamesNobodyForTheTimeInWhichTheProcessWasStopped() {
    pulse.beat();
    lookFor(Duration.ofMillis(150));
    clock.advance(Duration.ofHours(10));
    watch.look();
    assertEquals(List.of(), log.lines());
    assertEquals(List.of(), fatal);
    lookFor(Duration.ofMillis(100)); // what it was stuck before, and is afterwards, counts
    assertEquals(1, log.lines(Level.WARN).size());
  }

  @Test
  void countsNoWorkThatWasAskedFor() {
    pulse.beatForWork(Duration.ofSeconds(2).toNanos());
    lookFor(Duration.ofMillis(2200));
    assertEquals(List.of(), log.lines());
    lookFor(PERIOD); // but what comes on top of it
    assertEquals(1, log.lines(Level.WARN).size());
    pulse.beatAfterWork();
    lookFor(Duration.ofMillis(250));
    assertEquals(2, counters.stalls(ThreadRole.REACTOR));
  }

  @Test
  void warnsOncePerTenSecondsButCountsEachStall() {
    for (int i = 0; i < 20; i++) {
      pulse.beat();
      lookFor(Duration.ofMillis(350));
    }
    assertEquals(1, log.lines(Level.WARN).size());
    assertEquals(20, counters.stalls(ThreadRole.REACTOR));
    pulse.beat();
    lookFor(Duration.ofSeconds(4)); // warned of as soon as it may be, though it began before
    assertEquals(2, log.lines(Level.WARN).size());
  }

  @Test
  void blamesNoThreadThatHasEnded() throws InterruptedException {
    pulse.beat();
    released.countDown();
    thread.join();
    lookFor(Duration.ofMinutes(1));
    assertEquals(List.of(), log.lines());
  }
}
