package io.sounder.client.load.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
  private static final double[] PERCENTILES = {1, 50, 90, 99, 99.9, 99.99};

  @ParameterizedTest
  @ValueSource(strings = {"constant", "log-normal", "bimodal"})
  void percentilesAreWithinOnePartInAThousandOfTheSortedSamples(String distribution) {
    Random random = new Random(11);
    long[] samples = new long[200_000];
    Latencies latencies = new Latencies();
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          switch (distribution) {
            case "constant" -> 49_000;
            case "log-normal" -> (long) (50_000 * Math.exp(random.nextGaussian()));
            default -> random.nextInt(10) == 0 ? 5_000_000 + random.nextInt(99) : 40_000;
          };
      latencies.record(samples[i]);
    }
    Arrays.sort(samples);
    for (double percentile : PERCENTILES) {
      int rank = (int) Math.round(percentile / 100 * samples.length); // whole for these

      long exact = samples[rank - 1];
      long error = Math.abs(latencies.percentileNanos(percentile) - exact);
      assertTrue(error * 1000 <= exact, percentile + ": " + error + " ns off " + exact);
    }
  }

  @Test
  void whatIsAboveAnHourIsCountedAsAnHourAndAsAbove() {
    Latencies latencies = new Latencies();
    latencies.record(Latencies.HIGHEST_NANOS);
    latencies.record(Latencies.HIGHEST_NANOS + 1);
    latencies.record(Long.MAX_VALUE);
    assertEquals(3, latencies.count());
    assertEquals(2, latencies.above());
  }

  @Test
  void nothingIsLostWhereTwoAreAdded() {
    Latencies one = new Latencies();
    one.record(5);
    Latencies other = new Latencies();
    other.record(7);
    other.record(Long.MAX_VALUE);
    one.add(other);
    assertEquals(3, one.count());
    assertEquals(1, one.above());
    assertEquals(5, one.minNanos());
  }
}
