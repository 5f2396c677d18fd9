package io.sounder.server.reactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.server.fixture.Peer;
import io.sounder.server.metrics.Counters;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When looking for events is the cheaper way to wait, and that the reactor does so. */
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
    assertEquals(0, poll.nanosBefore(SLEEP));
    poll.onWaited(2 * LONGEST);
    assertEquals(0, poll.nanosBefore(SLEEP));
    poll.onWaited(2 * LONGEST - 1);
    assertEquals(LONGEST, poll.nanosBefore(SLEEP));
    poll.onWaited(SLEEP);
    assertEquals(0, poll.nanosBefore(SLEEP));
  }

  @Test
  void looksNoLongerThanItWouldSleep() {
    poll.onWaited(SHORT);
    assertEquals(7, poll.nanosBefore(7));
    assertEquals(0, poll.nanosBefore(0));
  }

  @Test
  void sleepsAtOnceWhereNoCoreIsFree() {
    poll.onWaited(SHORT);
    coreIsFree.set(false);
    assertEquals(0, poll.nanosBefore(SLEEP));
    coreIsFree.set(true);
    assertEquals(LONGEST, poll.nanosBefore(SLEEP));
  }

  @Test
  void neverLooksIfItMayNot() {
    BusyPoll off = new BusyPoll(0, () -> true, counters);
    off.onWaited(0);
    assertEquals(0, off.nanosBefore(SLEEP));
  }

  @Test
  void skipsTwiceAsManyOccasionsAfterEachFutileLook() {
    poll.onWaited(SHORT);
    for (int skipped = 2; skipped <= 1024; skipped *= 2) {
      poll.onLooked(false);
      assertEquals(skipped, occasionsUntilItLooks());
    }
    poll.onLooked(false);
    assertEquals(1024, occasionsUntilItLooks());
    poll.onLooked(true);
    assertEquals(0, occasionsUntilItLooks());
    poll.onLooked(false);
    assertEquals(2, occasionsUntilItLooks());
    assertEquals(1, counters.polls(true));
    assertEquals(12, counters.polls(false));
  }

  private int occasionsUntilItLooks() {
    int skipped = 0;
    while (poll.nanosBefore(SLEEP) == 0) {
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
  void sleepsWhenItHasLookedForLongEnough() throws Exception {
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
      assertEquals(5, polling - looks.get(), "a futile look is not repeated at once");
      assertEquals(1, server.counters.polls(false));
    }
  }
}
