package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.SelectionKey;
import org.junit.jupiter.api.Test;

class OpenerTest {
  private static final long START = -1_000_000; // the clock may begin anywhere
  private static final long MILLI = 1_000_000L;

  private int opened;

  private final Session session =
      new Session() {
        @Override
        public void open(long nowNanos) {
          opened++;
        }

        @Override
        public void accept(SelectionKey key) {}

        @Override
        public void onStart() {}

        @Override
        public void onDue() {}

        @Override
        public void tellUnanswered(long nowNanos) {}

        @Override
        public void onTick(long nowNanos) {}

        @Override
        public long oldestPendingNanos(long nowNanos) {
          return 0;
        }

        @Override
        public void close() {}
      };

  private Opener opener(double perSecond, int sessions) {
    Opener opener = new Opener(perSecond);
    for (int i = 0; i < sessions; i++) {
      opener.request(session);
    }
    return opener;
  }

  @Test
  void withoutARateSoManyAreOpenedAtATime() {
    Opener opener = opener(0, 100);
    openAll(opener, START);
    assertEquals(Opener.MAX_OPENING, opened);
    openAll(opener, START + MILLI);
    assertEquals(Opener.MAX_OPENING, opened, "none has ended yet");
    opener.onAttemptEnded();
    openAll(opener, START + 2 * MILLI);
    assertEquals(Opener.MAX_OPENING + 1, opened);
  }

  private static void openAll(Opener opener, long nowNanos) {
    while (opener.openNext(nowNanos)) {
      // and again, as the loop does
    }
  }

  @Test
  void thereIsALookAtTheSocketsBetweenAFewAndTheNext() {
    Opener opener = opener(0, 100);
    assertTrue(opener.openNext(START), "there are more");
    assertEquals(Opener.MAX_OPENS_PER_CYCLE, opened);
  }

  @Test
  void aRateIsKeptHoweverOftenItLooks() {
    Opener opener = opener(2000, 10_000);
    for (long elapsed = 0; elapsed < 4_000 * MILLI; elapsed += 7 * MILLI) {
      openAll(opener, START + elapsed);
      assertEquals(elapsed / 500_000 + 1, opened, "after " + elapsed / MILLI + " ms");
    }
  }

  @Test
  void whatWasMissedInALongPauseIsNotOpenedInABurst() {
    Opener opener = opener(1000, 10_000);
    openAll(opener, START);
    openAll(opener, START + 3_000 * MILLI);
    long most = 1 + Opener.CATCH_UP_NANOS / MILLI + 1;
    assertEquals(most, opened, "one at first, and a few milliseconds' worth");
  }
}
