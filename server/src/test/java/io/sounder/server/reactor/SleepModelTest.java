package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sounder.server.connection.Handoff;
import io.sounder.server.fixture.ModelChecks;
import io.sounder.server.fixture.Token;
import io.sounder.server.worker.ReadyQueue;
import io.sounder.server.worker.SleepFlag;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whoever goes to sleep while something is left for it is woken, once, however its steps and those
 * of others interleave; with the reactor's mailbox, and with the workers' queue.
 */
@Tag("model")
class SleepModelTest {
  @Test
  void theReactorSleepsThroughNoPost() {
    ModelChecks.explore(() -> new Posting().run(false));
  }

  @Test
  void wouldFindThatALookTooEarlyLosesAWakeUp() {
    assertThrows(
        LincheckAssertionError.class, () -> ModelChecks.explore(() -> new Posting().run(true)));
  }

  @Test
  void aWorkerSleepsThroughNoOffer() {
    ModelChecks.explore(() -> new Offering().run());
  }

  /** Two owners that let go of something, and a reactor that has nothing to do. */
  private static final class Posting {
    private final Mailbox mailbox = new Mailbox();
    private final SleepFlag flag = new SleepFlag();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final AtomicInteger delivered = new AtomicInteger();
    private boolean sleeps;

    void run(boolean looksTooEarly) {
      ModelChecks.atOnce(
          looksTooEarly ? this::reactWrongly : this::react, () -> post(1), () -> post(2));
      int left = 2 - delivered.get();
      if (sleeps && left > 0 && wakeUps.get() == 0) {
        throw new IllegalStateException("sleeps, though " + left + " are left for it");
      }
      if (wakeUps.get() > 1) {
        throw new IllegalStateException("woken " + wakeUps + " times");
      }
      mailbox.deliver(letGo -> delivered.incrementAndGet());
      if (delivered.get() != 2) {
        throw new IllegalStateException("delivered " + delivered + " of 2");
      }
    }

    private void post(int number) {
      mailbox.post(new Token(number));
      if (flag.tryWake()) {
        wakeUps.incrementAndGet();
      }
    }

    private void react() {
      mailbox.deliver(letGo -> delivered.incrementAndGet());
      flag.fallAsleep();
      sleeps = mailbox.isEmpty();
      if (!sleeps) {
        flag.rise();
      }
    }

    private void reactWrongly() {
      sleeps = mailbox.isEmpty();
      if (sleeps) {
        flag.fallAsleep();
      }
    }
  }

  /** A reactor that offers, and two workers, of which either may be the one to be woken. */
  private static final class Offering {
    private final ReadyQueue queue = new ReadyQueue(4);
    private final SleepFlag[] flags = {new SleepFlag(), new SleepFlag()};
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final boolean[] sleeps = new boolean[2];

    void run() {
      ModelChecks.atOnce(this::offer, () -> work(0), () -> work(1));
      boolean allSleep = sleeps[0] && sleeps[1];
      if (allSleep && !queue.isEmpty() && wakeUps.get() == 0) {
        throw new IllegalStateException("all sleep, though something is left for them");
      }
      if (claimed.get() + queue.size() != 1) {
        throw new IllegalStateException("claimed " + claimed + ", left " + queue.size());
      }
    }

    private void offer() {
      queue.tryOffer(new Token(1));
      if (queue.isEmpty()) {
        return;
      }
      for (SleepFlag flag : flags) {
        if (flag.isAsleep()) {
          wakeUps.addAndGet(flag.tryWake() ? 1 : 0);
          return;
        }
      }
    }

    private void work(int number) {
      if (queue.claim(new Handoff[1]) > 0) {
        claimed.incrementAndGet();
        return;
      }
      flags[number].fallAsleep();
      sleeps[number] = queue.isEmpty();
      if (!sleeps[number]) {
        flags[number].rise();
      }
    }
  }
}
