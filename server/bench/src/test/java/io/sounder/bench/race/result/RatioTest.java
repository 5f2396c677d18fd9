package io.sounder.bench.race.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RatioTest {
  private static Sample sample(double rate) {
    return new Sample(rate, 1000 / rate, 2000 / rate, 3000 / rate, 5000, 1 << 20, 0.9, 0);
  }

  @Test
  void theIntervalLeavesOutTheRanksThatChanceLeavesOut() {
    assertEquals(new Ratio(5, 2, 8, 9), Ratio.of(9, 1, 8, 2, 7, 3, 6, 4, 5));
    double[] fifteen = new Random(1).doubles(15).toArray();
    double[] sorted = fifteen.clone();
    Arrays.sort(sorted);
    assertEquals(new Ratio(sorted[7], sorted[3], sorted[11], 15), Ratio.of(fifteen));
  }

  @Test
  void withFewPairsTheIntervalIsAllOfThem() {
    assertEquals(new Ratio(1, 1, 1, 1), Ratio.of(1));
    assertEquals(new Ratio(2.5, 1, 4, 4), Ratio.of(4, 3, 1, 2));
    assertThrows(IllegalArgumentException.class, Ratio::of);
  }

  @Test
  void theIntervalHoldsTheTrueMedianInAtLeastNinetyFivePercentOfRunsOfAPair() {
    Random random = new Random(2);
    int held = 0;
    for (int race = 0; race < 4000; race++) {
      Ratio ratio = Ratio.of(random.doubles(9).map(value -> value * value * value).toArray());
      held += ratio.low() <= 0.125 && ratio.high() >= 0.125 ? 1 : 0;
    }
    assertTrue(held >= 3800, held + " of 4000");
    assertTrue(held <= 3950, held + " of 4000: wider than it needs to be");
  }

  @Test
  void itIsSoundersShareOfTheOthersFigure() {
    List<Pair> pairs =
        List.of(
            new Pair(sample(100), sample(90)),
            new Pair(sample(50), sample(48)),
            new Pair(sample(200), sample(220)));
    assertEquals(0.96, Ratio.of(Figure.RATE, pairs).median(), 1e-9);
    assertEquals(1 / 0.96, Ratio.of(Figure.P50, pairs).median(), 1e-9);
    assertEquals(1, Ratio.of(Figure.CPU, pairs).median(), 1e-9);
  }

  @Test
  void whatLiesBetweenTwoTurnsIsTheirGeometricMean() {
    assertEquals(200, Sample.between(sample(100), sample(400)).requestsPerSecond(), 1e-9);
  }
}
