package io.sounder.server.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.guard.LoopBreaker.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a packet loop, what is not, and how long its source is left alone. */
class LoopBreakerTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long SOURCE = 77;
  private static final int MOST = LoopBreaker.MOST_PER_SECOND;

  private final LoopBreaker breaker = new LoopBreaker();
  private final byte[] payload = "the same, again and again".getBytes(StandardCharsets.US_ASCII);

  /** Values of the clock wrap around in the middle of the first second. */
  private long nowNanos = Long.MAX_VALUE - SECOND / 2;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 64, 1472, 65507})
  void catchesTheOneThatIsTooManyWithinASecond(int size) {
    ByteBuffer same = ByteBuffer.allocateDirect(size);
    for (int i = 0; i < MOST; i++) {
      nowNanos += SECOND / MOST - 1;
      assertEquals(Verdict.FINE, breaker.judge(SOURCE, same, nowNanos), "number " + (i + 1));
    }
    assertEquals(Verdict.CAUGHT, breaker.judge(SOURCE, same, nowNanos));
    assertEquals(size, same.remaining(), "the payload is left as it is");
  }

  @Test
  void leavesItsSourceAloneForTenSecondsAndThenForgivesIt() {
    repeat(MOST + 1);
    nowNanos += LoopBreaker.QUARANTINE_NANOS - 1;
    assertEquals(Verdict.QUARANTINED, judge(SOURCE, "anything at all"));
    nowNanos += 1;
    assertEquals(Verdict.FINE, judge(SOURCE, "anything at all"));
    assertEquals(Verdict.CAUGHT, repeat(MOST + 1), "and catches it again");
  }

  @Test
  void leavesOtherSourcesAsTheyWere() {
    repeat(MOST + 1);
    for (long other = 0; other < 10_000; other++) {
      Verdict expected = other == SOURCE ? Verdict.QUARANTINED : Verdict.FINE;
      assertEquals(expected, breaker.judge(other, ByteBuffer.wrap(payload), nowNanos));
    }
  }

  @Test
  void letsAThousandASecondGoOnForEver() {
    for (int i = 0; i < 20 * MOST; i++) {
      nowNanos += SECOND / MOST;
      assertEquals(Verdict.FINE, breaker.judge(SOURCE, ByteBuffer.wrap(payload), nowNanos));
    }
  }

  @Test
  void letsPayloadsThatDifferGoOnForEver() {
    for (int size : new int[] {4, 64, 1472}) {
      ByteBuffer different = ByteBuffer.allocateDirect(size);
      for (int i = 0; i < 200_000; i++) {
        different.putInt(size - 4, i); // in the very last bytes
        assertEquals(Verdict.FINE, breaker.judge(SOURCE, different, nowNanos));
      }
    }
  }

  @Test
  void tellsPayloadsOfZerosByTheirLengths() {
    for (int size = 0; size < 3 * MOST; size++) {
      assertEquals(Verdict.FINE, breaker.judge(SOURCE, ByteBuffer.allocate(size), nowNanos));
    }
  }

  @Test
  void findsALoopAmongTwoHundredThousandOthersASecond() {
    ByteBuffer loop = ByteBuffer.wrap(payload);
    ByteBuffer other = ByteBuffer.allocate(64);
    int passed = 0;
    for (int i = 0; i < 200_000; i++) {
      nowNanos += SECOND / 200_000;
      other.putInt(0, i);
      breaker.judge(i % 5_000 + 1_000L, other, nowNanos);
      if (i % 50 == 0) { // 4,000 a second
        passed += breaker.judge(SOURCE, loop, nowNanos) == Verdict.FINE ? 1 : 0;
      }
    }
    assertEquals(MOST, passed);
  }

  @Test
  void keepsManyInQuarantineAtOnce() {
    for (long source = 1; source <= 50; source++) {
      for (int i = 0; i <= MOST; i++) {
        breaker.judge(source, ByteBuffer.wrap(payload), nowNanos);
      }
    }
    int kept = 0;
    for (long source = 1; source <= 50; source++) {
      kept += judge(source, "x") == Verdict.QUARANTINED ? 1 : 0;
    }
    assertTrue(kept >= 45, "a set of places may overflow, but " + kept + " of 50");
  }

  private Verdict repeat(int times) {
    Verdict last = Verdict.FINE;
    for (int i = 0; i < times; i++) {
      last = breaker.judge(SOURCE, ByteBuffer.wrap(payload), nowNanos);
    }
    return last;
  }

  private Verdict judge(long source, String text) {
    return breaker.judge(
        source, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), nowNanos);
  }
}
