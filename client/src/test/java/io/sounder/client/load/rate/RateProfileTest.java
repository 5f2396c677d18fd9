package io.sounder.client.load.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.outcome.UsageException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateProfileTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;
  private static final MathContext EXACT = new MathContext(50);

  @ParameterizedTest
  @ValueSource(doubles = {1_000_000, 999_999.999, 50_000, 333.333, 7, 0.003, 99_999_999.999})
  void aConstantRateIsRightToTheNanosecondForADay(double perSecond) {
    RateProfile profile = RateProfile.constant(perSecond);
    SplittableRandom random = new SplittableRandom(1);
    long inADay = (long) (perSecond * 86_400);
    for (int i = 0; i < 100_000; i++) {
      long request = i < 1000 ? i : i < 2000 ? inADay - (i - 1000) : random.nextLong(inADay + 1);
      if (request >= 0) {
        long exact =
            BigDecimal.valueOf(request)
                .multiply(BigDecimal.valueOf(SECOND))
                .divide(BigDecimal.valueOf(perSecond), 0, RoundingMode.HALF_UP)
                .longValueExact();
        assertClose(exact, profile.momentNanos((double) request), 1, "request " + request);
      }
    }
  }

  @Test
  void anEvenRateIsExact() {
    RateProfile profile = RateProfile.constant(50_000);
    for (long request = 0; request < 50_000L * 86_400; request += 99_991) {
      assertEquals(request * 20_000, profile.momentNanos((double) request));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1k:50k:30s", "50k:1k:30s", "1k:1k:5s", "0.001:100M:1s", "1M:1:10s", "1:2:24h"})
  void aRampIsRightToTheNanosecond(String text) {
    LinearRamp ramp = LinearRamp.parse("--ramp", text);
    double total = ramp.requestsBefore(ramp.rampNanos());
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 1_000; i++) {
      double requests = i < 50 ? i : Math.floor(random.nextDouble() * total * 1.2);
      double resolution = 1 + ramp.rampNanos() * 1e-15; // of a double that holds the moment
      assertClose(exactMoment(ramp, requests), ramp.momentNanos(requests), resolution, text);
    }
  }

  private static void assertClose(long exact, long nanos, double most, String message) {
    assertTrue(Math.abs(nanos - exact) <= most, () -> message + ": " + nanos + " not " + exact);
  }

  /** Bisects the exact integral of the rate. */
  private static long exactMoment(LinearRamp ramp, double requests) {
    BigDecimal target = new BigDecimal(requests);
    long low = 0;
    long high = 10 * ramp.rampNanos() + (long) (requests / ramp.to() * SECOND) + 1;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (exactRequests(ramp, middle).compareTo(target) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static BigDecimal exactRequests(LinearRamp ramp, long nanos) {
    BigDecimal from = BigDecimal.valueOf(ramp.from());
    BigDecimal to = BigDecimal.valueOf(ramp.to());
    BigDecimal length = BigDecimal.valueOf(ramp.rampNanos(), 9);
    BigDecimal inRamp = BigDecimal.valueOf(Math.min(nanos, ramp.rampNanos()), 9);
    BigDecimal after = BigDecimal.valueOf(Math.max(0, nanos - ramp.rampNanos()), 9);
    BigDecimal bend =
        to.subtract(from)
            .multiply(inRamp)
            .multiply(inRamp)
            .divide(length.multiply(BigDecimal.valueOf(2)), EXACT);
    return from.multiply(inRamp).add(bend).add(to.multiply(after));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1k:50k:2s", "50k:1k:2s", "1:20k:2s", "20k:0.001:2s", "5k:5k:2s"})
  void momentsNeverGoBack(String text) {
    LinearRamp ramp = LinearRamp.parse("--ramp", text);
    long before = 0;
    for (int i = 0; i < 150_000; i++) {
      long moment = ramp.momentNanos(i / 2.0);
      assertTrue(moment >= before, text + " at " + i);
      before = moment;
    }
  }

  @ParameterizedTest
  @CsvSource({"1k:50k:30s, 765000", "50k:1k:30s, 765000", "1k:1k:30s, 30000", "2:4:1s, 3"})
  void aRampHoldsItsIntegral(String text, double requests) {
    LinearRamp ramp = LinearRamp.parse("--ramp", text);
    assertEquals(requests, ramp.requestsBefore(ramp.rampNanos()), 1e-9 * requests);
    assertEquals(
        requests + 7 * ramp.to(),
        ramp.requestsBefore(ramp.rampNanos() + 7 * SECOND),
        1e-9 * requests,
        "then it holds the last rate");
    assertEquals(ramp.from(), ramp.perSecondAt(0));
    assertEquals((ramp.from() + ramp.to()) / 2, ramp.perSecondAt(ramp.rampNanos() / 2), 1e-6);
    assertEquals(ramp.to(), ramp.perSecondAt(DAY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1k:50k", "1k:50k:30", "1k:50k:0s", "0:50k:30s", "1k:200M:3s", "1k:2k:3s:4"})
  void whatIsNoRampIsRefused(String text) {
    UsageException failure =
        assertThrows(UsageException.class, () -> LinearRamp.parse("--ramp", text));
    assertTrue(failure.getMessage().startsWith("--ramp"), failure.getMessage());
  }

  @Test
  void aRampMustFitTheDuration() {
    LinearRamp ramp = LinearRamp.parse("--ramp", "1k:2k:30s");
    ramp.checkWithin("--ramp", 30 * SECOND);
    UsageException failure =
        assertThrows(UsageException.class, () -> ramp.checkWithin("--ramp", 10 * SECOND));
    assertEquals(
        "--ramp takes 30s, longer than --duration 10s; make the test longer, or the ramp shorter",
        failure.getMessage());
  }
}
