package io.sounder.server.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slow line: bytes come as fast as it is, and no faster. */
class PaceTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Pace pace = new Pace();

  @Test
  void sendsAByteWhenTheLineHasHadTheTimeForIt() {
    pace.begin(1_000, 0);
    assertEquals(0, pace.allowed(5, MS - 1));
    assertEquals(1, pace.allowed(5, MS));
    assertEquals(5, pace.allowed(5, 9 * MS), "there are no more");
  }

  /** Looking again by the millisecond, as the reactor does, loses nothing and gains nothing. */
  @ParameterizedTest
  @ValueSource(longs = {1, 3, 1_000, 999_983, 1_000_000_000})
  void takesAsLongAsTheLineTakesForAllOfIt(long bytesPerSecond) {
    int left = (int) Math.min(Integer.MAX_VALUE, 5 * bytesPerSecond / 2);
    long total = left;
    pace.begin(bytesPerSecond, 0);
    long now = 0;
    int looks = 0;
    while (left > 0) {
      long next = pace.nextNanos(left);
      now = (Math.max(now, next) + MS - 1) / MS * MS;
      int allowed = pace.allowed(left, now);
      assertTrue(allowed > 0, "it is never looked at in vain");
      pace.onSent(allowed);
      left -= allowed;
      looks++;
      long sent = total - left;
      assertTrue(sent <= (double) now * bytesPerSecond / SECOND + 1e-6, "never faster");
    }
    long expectedNanos = (long) Math.ceil((double) total * SECOND / bytesPerSecond);
    assertTrue(now >= expectedNanos && now <= expectedNanos + 2 * MS, "done at " + now);
    assertTrue(looks <= 300, "looked " + looks + " times");
  }

  @Test
  void goesOnBehindTheReplyBefore() {
    pace.begin(1_000, 0);
    pace.onSent(10);
    pace.begin(1_000, 5 * MS);
    assertEquals(0, pace.allowed(1, 11 * MS - 1));
    assertEquals(1, pace.allowed(1, 11 * MS));
  }

  @Test
  void keepsNoTimeFromAPause() {
    pace.begin(1_000, 0);
    pace.onSent(10);
    pace.begin(1_000, 50 * MS);
    assertEquals(0, pace.allowed(5, 51 * MS - 1));
    assertEquals(1, pace.allowed(5, 51 * MS));
  }

  @Test
  void makesUpForLittleOfTheTimeInWhichNothingWasTaken() {
    pace.begin(1_000, 0);
    assertEquals(110, pace.allowed(100_000, 60 * SECOND), "one step, and 100 ms");
  }

  @Test
  void changesItsRateFromOneReplyToTheNext() {
    pace.begin(1_000, 0);
    pace.onSent(10);
    pace.begin(10, 0);
    assertEquals(110 * MS, pace.nextNanos(1), "behind the ten of the fast ones");
  }
}
