package io.sounder.server.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bucket a value belongs in. */
class LogBucketsTest {
  private final LogBuckets nanos = LogBuckets.ofNanos();
  private final LogBuckets sizes = LogBuckets.ofCounts();

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1024, 1025, 1536, 1537, 2048, 2049, 100_000, 12_884_901_887L})
  void holdsAValueUpToItsBoundAndAboveTheOneBefore(long value) {
    nanos.add(value, 3);
    int bucket = onlyBucket(nanos);
    assertTrue(value <= nanos.bound(bucket), () -> "bound " + nanos.bound(bucket));
    assertTrue(bucket == 0 || value > nanos.bound(bucket - 1));
    assertEquals(3, nanos.count(bucket));
    assertEquals(3 * value, nanos.sum());
  }

  @Test
  void hasBoundsThatGrowByAThirdOrAHalf() {
    assertEquals(1 << 10, nanos.bound(0));
    for (int i = 1; i < nanos.size() - 1; i++) {
      double growth = (double) nanos.bound(i) / nanos.bound(i - 1);
      assertTrue(growth > 1.33 && growth < 1.51, "bucket " + i + " grows by " + growth);
    }
    assertEquals(Long.MAX_VALUE, nanos.bound(nanos.size() - 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 1L << 40, -1, Long.MIN_VALUE})
  void hasAPlaceForWhatNobodyExpected(long value) {
    nanos.add(value, 1);
    assertEquals(value < 0 ? 0 : nanos.size() - 1, onlyBucket(nanos));
  }

  @Test
  void countsHowManyByPowersOfTwo() {
    for (int i = 0; i < sizes.size() - 1; i++) {
      assertEquals(1L << i, sizes.bound(i));
    }
    sizes.add(1, 1);
    assertEquals(0, onlyBucket(sizes));
    sizes.add(3, 1);
    assertEquals(1, sizes.count(2));
  }

  private static int onlyBucket(LogBuckets buckets) {
    int found = -1;
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) > 0) {
        assertEquals(-1, found, "in more than one bucket");
        found = i;
      }
    }
    return found;
  }
}
