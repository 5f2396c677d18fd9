package io.sounder.server.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.Peer;
import io.sounder.server.metrics.Counters;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When polling is the cheaper way to wait, and that the reactor does so. */
@Timeout(30)
class BusyPollTest {
  private static final long LONGEST = 50_000;
  private static final long SHORT = 20_000;
  private static final long SLEEP = 1_000_000_000;

  private final Counters counters = new Counters();
  private final AtomicBoolean coreIsFree = new AtomicBoolean(true);
  private final BusyPoll poll = new BusyPoll(LONGEST, coreIsFree::get, counters);

  @Test
  void sleepsAtOnceUntilAWaitWasShort() {
    assertEquals(0, poll.nanosOf(SLEEP));
    poll.onWaited(2 * LONGEST);
    assertEquals(0, poll.nanosOf(SLEEP));
    poll.onWaited(2 * LONGEST - 1);
    assertEquals(LONGEST, poll.nanosOf(SLEEP));
    poll.onWaited(SLEEP);
    assertEquals(0, poll.nanosOf(SLEEP));
  }

  @Test
  void pollsNoLongerThanItWouldSleep() {
    poll.onWaited(SHORT);
    assertEquals(7, poll.nanosOf(7));
    assertEquals(0, poll.nanosOf(0));
  }

  @Test
  void sleepsAtOnceWhereNoCoreIsFree() {
    poll.onWaited(SHORT);
    coreIsFree.set(false);
    assertEquals(0, poll.nanosOf(SLEEP));
    coreIsFree.set(true);
    assertEquals(LONGEST, poll.nanosOf(SLEEP));
  }

  @Test
  void neverPollsIfItMayNot() {
    BusyPoll off = new BusyPoll(0, () -> true, counters);
    off.onWaited(0);
    assertEquals(0, off.nanosOf(SLEEP));
  }

  @Test
  void skipsTwiceAsManyWaitsAfterEachFutileOne() {
    poll.onWaited(SHORT);
    for (int skipped = 2; skipped <= 1024; skipped *= 2) {
      poll.onPolled(SHORT, false);
      assertEquals(skipped, waitsUntilItPolls());
    }
    poll.onPolled(SHORT, false);
    assertEquals(1024, waitsUntilItPolls());
    poll.onPolled(SHORT, true);
    assertEquals(0, waitsUntilItPolls());
    poll.onPolled(SHORT, false);
    assertEquals(2, waitsUntilItPolls());
    assertEquals(1, counters.polls(true));
    assertEquals(12, counters.polls(false));
    assertEquals(13 * SHORT, counters.pollingNanos());
  }

  private int waitsUntilItPolls() {
    int skipped = 0;
    while (poll.nanosOf(SLEEP) == 0) {
      skipped++;
    }
    return skipped;
  }

  /** The request is sent when the clock is looked at so often as only a reactor that polls does. */
  @Test
  void whatComesInTimeIsAnsweredWithoutASleep() throws Exception {
    try (SteppedReactor server =
            SteppedReactor.polling(Duration.ofNanos(LONGEST), "tcp://127.0.0.1:0");
        Peer peer = server.connect()) {
      server.send(peer, "first, so that the wait before it was short");
      AtomicInteger looks = new AtomicInteger();
      server.clock.onLook(
          () -> {
            if (looks.incrementAndGet() == 20) {
              peer.sendOrFail("in time".getBytes(US_ASCII));
            }
          });
      server.clock.setLookCost(Duration.ofNanos(LONGEST / 100));
      long before = server.tally().messages();
      server.reactor.runOnce(Duration.ofMillis(500).toNanos());
      assertEquals(before + 1, server.tally().messages());
    }
  }

  @Test
  void sleepsWhenItHasPolledForLongEnough() throws Exception {
    try (SteppedReactor server =
            SteppedReactor.polling(Duration.ofNanos(LONGEST), "tcp://127.0.0.1:0");
        Peer peer = server.connect()) {
      server.send(peer, "first, so that the wait before it was short");
      AtomicInteger looks = new AtomicInteger();
      server.clock.onLook(looks::incrementAndGet);
      server.clock.setLookCost(Duration.ofNanos(LONGEST / 5));
      server.reactor.runOnce(Duration.ofMillis(1).toNanos());
      int polling = looks.getAndSet(0);
      server.reactor.runOnce(Duration.ofMillis(1).toNanos());
      assertEquals(5, polling - looks.get(), "a futile one is not repeated at once");
      assertEquals(1, server.counters.polls(false));
    }
  }

  @Test
  void stopsPollingWhenSomebodyAsksForSomething() throws Exception {
    try (SteppedReactor server =
            SteppedReactor.polling(Duration.ofNanos(LONGEST), "tcp://127.0.0.1:0");
        Peer peer = server.connect()) {
      server.send(peer, "first, so that the wait before it was short");
      AtomicInteger looks = new AtomicInteger();
      AtomicInteger looksWhenDone = new AtomicInteger();
      server.clock.onLook(
          () -> {
            if (looks.incrementAndGet() == 20) {
              server.reactor.request(() -> looksWhenDone.set(looks.get()));
            }
          });
      server.clock.setLookCost(Duration.ofNanos(LONGEST / 100));
      server.reactor.runOnce(Duration.ofMillis(500).toNanos());
      assertTrue(looksWhenDone.get() > 0 && looksWhenDone.get() < 25, looksWhenDone::toString);
      assertEquals(0, server.counters.polls(false));
    }
  }

  @Test
  void pollingUntilADeadlineIsNotFutile() throws Exception {
    try (SteppedReactor server =
            SteppedReactor.polling(Duration.ofNanos(LONGEST), "tcp://127.0.0.1:0?idle-timeout=1s");
        Peer peer = server.connect()) {
      server.send(peer, "first, so that the wait before it was short");
      server.clock.advance(Duration.ofSeconds(1).minusNanos(LONGEST / 2));
      server.clock.setLookCost(Duration.ofNanos(LONGEST / 20));
      long before = server.counters.polls(true);
      server.reactor.runOnce(Duration.ofSeconds(10).toNanos());
      assertEquals(before + 1, server.counters.polls(true));
      assertEquals(0, server.counters.polls(false));
    }
  }
}
