package io.sounder.client.load.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RateProfile STEADY = RateProfile.constant(50_000);
  private static final RateProfile RISING = LinearRamp.parse("--ramp", "1k:50k:2s");
  private static final RateProfile FALLING = LinearRamp.parse("--ramp", "50k:1k:2s");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void theSharesOfAUniformPlanAreTogetherTheWholePlan(int shares) {
    for (RateProfile profile : List.of(STEADY, RISING, FALLING)) {
      List<Long> whole = momentsBefore(ArrivalProcess.UNIFORM.share(profile, 0, 1, 0), SECOND);
      List<Long> union = new ArrayList<>();
      for (int share = 0; share < shares; share++) {
        Arrivals arrivals = ArrivalProcess.UNIFORM.share(profile, share, shares, 0);
        union.addAll(momentsBefore(arrivals, SECOND));
      }
      Collections.sort(union);
      assertEquals(whole, union);
      assertEquals(0, whole.get(0), "the first is due at once");
    }
  }

  @ParameterizedTest
  @CsvSource({"UNIFORM, 1", "UNIFORM, 3", "POISSON, 1", "POISSON, 3"})
  void countsAreThoseOfTheMomentsThemselves(ArrivalProcess process, int shares) {
    for (RateProfile profile : List.of(STEADY, RISING, FALLING, RateProfile.constant(0.7))) {
      for (int share = 0; share < shares; share++) {
        Arrivals counting = process.share(profile, share, shares, 5);
        Arrivals walking = process.share(profile, share, shares, 5);
        assertEquals(0, counting.plannedBefore(0));
        for (int count = 0; count < 20_000; count += 37) {
          long moment = walking.plannedNanos();
          long through = counting.plannedBefore(moment + 1);
          assertTrue(through > count, "it is before the moment after it");
          assertTrue(counting.plannedBefore(moment) <= count, "it is not before itself");
          for (int i = 0; i < 37; i++) {
            walking.advance();
          }
        }
      }
    }
  }

  @Test
  void theCountOfADayIsExact() {
    long day = 86_400 * SECOND;
    Arrivals million = ArrivalProcess.UNIFORM.share(RateProfile.constant(1_000_000), 0, 1, 0);
    assertEquals(86_400_000_000L, million.plannedBefore(day));
    assertEquals(86_400_000_001L, million.plannedBefore(day + 1));
    Arrivals slow = ArrivalProcess.UNIFORM.share(RateProfile.constant(0.001), 0, 1, 0);
    assertEquals(87, slow.plannedBefore(day + 1), "at 0 s, at 1000 s, and so on to 86,000 s");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1_000_000, 333_333.333, 50_000, 12.345})
  void evenlySpreadMeansThatAllGapsAreAlike(double perSecond) {
    Arrivals arrivals = ArrivalProcess.UNIFORM.share(RateProfile.constant(perSecond), 0, 1, 0);
    long before = arrivals.plannedNanos();
    for (int i = 0; i < 1_000_000; i++) {
      arrivals.advance();
      double gap = (double) (arrivals.plannedNanos() - before);
      assertEquals(1e9 / perSecond, gap, 1, "gap " + i);
      before = arrivals.plannedNanos();
    }
    assertEquals(1_000_000 * 1e9 / perSecond, (double) before, 1, "and nothing adds up");
  }

  @Test
  void aRampHasTheCountOfItsIntegral() {
    for (RateProfile profile : List.of(RISING, FALLING)) {
      long uniform = ArrivalProcess.UNIFORM.share(profile, 0, 1, 0).plannedBefore(2 * SECOND);
      assertEquals(51_000, (double) uniform, 1);
      double poisson = 0;
      for (int share = 0; share < 4; share++) {
        poisson += ArrivalProcess.POISSON.share(profile, share, 4, 9).plannedBefore(2 * SECOND);
      }
      assertEquals(51_000, poisson, 4 * Math.sqrt(51_000));
    }
  }

  @Test
  void poissonCountsHaveTheMeanAndTheVarianceOfTheirRate() {
    long interval = SECOND / 100;
    Arrivals arrivals = ArrivalProcess.POISSON.share(RateProfile.constant(5_000), 0, 1, 3);
    int intervals = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < intervals; i++) {
      int count = 0;
      while (arrivals.plannedNanos() < (i + 1) * interval) {
        arrivals.advance();
        count++;
      }
      sum += count;
      squares += (double) count * count;
    }
    double mean = sum / intervals;
    assertEquals(50, mean, 0.25);
    assertEquals(50, squares / intervals - mean * mean, 2.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void poissonGapsAreExponentialInEachShareAndOverAll(int shares) {
    double perSecond = 10_000;
    List<Long> all = new ArrayList<>();
    for (int share = 0; share < shares; share++) {
      Arrivals arrivals =
          ArrivalProcess.POISSON.share(RateProfile.constant(perSecond), share, shares, 17);
      List<Long> own = momentsBefore(arrivals, 8 * SECOND);
      assertExponential(own, perSecond / shares);
      all.addAll(own);
    }
    Collections.sort(all);
    assertExponential(all, perSecond);
  }

  /** The Kolmogorov-Smirnov distance, at a level that one in ten thousand samples exceeds. */
  private static void assertExponential(List<Long> moments, double perSecond) {
    double[] gaps = new double[moments.size()];
    long before = 0;
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = (moments.get(i) - before) / 1e9;
      before = moments.get(i);
    }
    Arrays.sort(gaps);
    double distance = 0;
    for (int i = 0; i < gaps.length; i++) {
      double expected = 1 - Math.exp(-gaps[i] * perSecond);
      distance = Math.max(distance, Math.abs(expected - (double) i / gaps.length));
      distance = Math.max(distance, Math.abs(expected - (i + 1.0) / gaps.length));
    }
    assertTrue(
        distance < 2.225 / Math.sqrt(gaps.length), distance + " for " + gaps.length + " gaps");
  }

  @Test
  void poissonArrivalsFollowARamp() {
    Arrivals arrivals = ArrivalProcess.POISSON.share(RISING, 0, 1, 23);
    long before = 0;
    for (int tenth = 1; tenth <= 20; tenth++) {
      long to = tenth * SECOND / 10;
      double expected = RISING.requestsBefore(to) - RISING.requestsBefore(to - SECOND / 10);
      long count = arrivals.plannedBefore(to) - before;
      assertEquals(expected, (double) count, 4.5 * Math.sqrt(expected), "tenth " + tenth);
      before += count;
    }
  }

  @Test
  void theSameSeedIsTheSamePlanAndAnotherShareIsAnother() {
    List<Long> once = momentsBefore(ArrivalProcess.POISSON.share(STEADY, 0, 2, 1), SECOND / 10);
    List<Long> again = momentsBefore(ArrivalProcess.POISSON.share(STEADY, 0, 2, 1), SECOND / 10);
    List<Long> other = momentsBefore(ArrivalProcess.POISSON.share(STEADY, 1, 2, 1), SECOND / 10);
    assertEquals(once, again);
    assertNotEquals(once, other);
    assertTrue(Collections.disjoint(once.subList(1, 50), other.subList(1, 50)), "not shifted");
  }

  @Test
  void countsMayBeAskedForInAnyOrder() {
    Arrivals arrivals = ArrivalProcess.POISSON.share(STEADY, 0, 1, 1);
    long later = arrivals.plannedBefore(SECOND);
    long earlier = arrivals.plannedBefore(SECOND / 2);
    assertTrue(earlier < later);
    assertEquals(later, arrivals.plannedBefore(SECOND));
    assertEquals(later, momentsBefore(arrivals, SECOND).size(), "and do not advance anything");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsAllocatedPerRequest(ArrivalProcess process) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (RateProfile profile : List.of(STEADY, RISING)) {
      Arrivals arrivals = process.share(profile, 0, 2, 1);
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1_000_000; i++) {
        arrivals.advance();
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < 100_000, allocated + " B for a million requests");
    }
  }

  private static List<Long> momentsBefore(Arrivals arrivals, long endNanos) {
    List<Long> moments = new ArrayList<>();
    while (arrivals.plannedNanos() < endNanos) {
      moments.add(arrivals.plannedNanos());
      arrivals.advance();
    }
    return moments;
  }

  @ParameterizedTest
  @EnumSource
  void skippingIsAdvancingManyTimes(ArrivalProcess process) {
    RateProfile ramp = new LinearRamp(1000, 50, 2 * SECOND);
    for (int share = 0; share < 3; share++) {
      Arrivals skipping = process.share(ramp, share, 3, 5);
      Arrivals advancing = process.share(ramp, share, 3, 5);
      for (long to : new long[] {-1, 0, 1, 7_000_000, 7_000_001, 400_000_000, 3 * SECOND}) {
        long count = 0;
        for (; advancing.plannedNanos() < to; advancing.advance()) {
          count++;
        }
        assertEquals(count, skipping.skipBefore(to), "to " + to);
        assertEquals(advancing.plannedNanos(), skipping.plannedNanos(), "to " + to);
      }
      assertEquals(0, skipping.skipBefore(SECOND), "never back");
    }
  }
}
