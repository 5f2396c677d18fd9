package io.sounder.server.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chance that can be repeated. */
class ChanceTest {
  /** A run that someone has written down must be repeatable with any later version. */
  @Test
  void givesTheSameNumbersForEver() {
    Chance chance = new Chance(42, 7);
    assertEquals(-2277260872792643174L, chance.number(0, 0));
    assertEquals(5402606984159640627L, chance.number(1_000_000, 15));
  }

  @Test
  void differsBySeedStreamIndexAndSlot() {
    long number = new Chance(1, 1).number(1, 1);
    assertEquals(number, new Chance(1, 1).number(1, 1));
    assertNotEquals(number, new Chance(2, 1).number(1, 1));
    assertNotEquals(number, new Chance(1, 2).number(1, 1));
    assertNotEquals(number, new Chance(1, 1).number(2, 1));
    assertNotEquals(number, new Chance(1, 1).number(1, 2));
  }

  /** Chi-squared over 100 classes; 99 degrees of freedom exceed 160 once in 10,000 times. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, Long.MAX_VALUE})
  void isUniform(long seed) {
    int draws = 1_000_000;
    int[] seen = new int[100];
    int[] seenBelow = new int[100];
    Chance chance = new Chance(seed, 3);
    for (int i = 0; i < draws; i++) {
      double percent = chance.percent(i, 5);
      assertTrue(percent >= 0 && percent < 100, () -> percent + " is out of range");
      seen[(int) percent]++;
      seenBelow[Chance.below(100, chance.number(i, 6))]++;
    }
    assertTrue(chiSquared(seen, draws) < 160, () -> "percents: " + chiSquared(seen, draws));
    assertTrue(chiSquared(seenBelow, draws) < 160, () -> "below: " + chiSquared(seenBelow, draws));
  }

  private static double chiSquared(int[] seen, int draws) {
    double expected = (double) draws / seen.length;
    double sum = 0;
    for (int count : seen) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }
}
