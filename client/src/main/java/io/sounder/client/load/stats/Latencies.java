package io.sounder.client.load.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/**
 * Durations in nanoseconds, 3 significant digits, up to one hour; what is longer is counted as an
 * hour, and as above. Belongs to one thread.
 */
public final class Latencies {
  /** The longest that is told apart: one hour. */
  public static final long HIGHEST_NANOS = 3_600_000_000_000L;

  private static final int SIGNIFICANT_DIGITS = 3;

  /** Nothing, for where nothing is measured; nobody may record in it. */
  static final Latencies NONE = new Latencies();

  private final Histogram histogram = new Histogram(1, HIGHEST_NANOS, SIGNIFICANT_DIGITS);
  private long above;

  public void record(long nanos) {
    if (nanos > HIGHEST_NANOS) {
      above++;
    }
    histogram.recordValue(Math.max(0, Math.min(HIGHEST_NANOS, nanos)));
  }

  /** The same duration so many times. */
  void record(long nanos, long count) {
    if (nanos > HIGHEST_NANOS) {
      above += count;
    }
    histogram.recordValueWithCount(Math.max(0, Math.min(HIGHEST_NANOS, nanos)), count);
  }

  public void add(Latencies other) {
    histogram.add(other.histogram);
    above += other.above;
  }

  public void clear() {
    histogram.reset();
    above = 0;
  }

  public long count() {
    return histogram.getTotalCount();
  }

  /** How many were longer than an hour. */
  public long above() {
    return above;
  }

  public long minNanos() {
    return histogram.getMinValue();
  }

  public double meanNanos() {
    return histogram.getMean();
  }

  public long maxNanos() {
    return histogram.getMaxValue();
  }

  /**
   * A percentile; nothing that was recorded is below it by more than one part in a thousand.
   *
   * @param percentile from 0 to 100
   */
  public long percentileNanos(double percentile) {
    return Math.min(histogram.getValueAtPercentile(percentile), histogram.getMaxValue());
  }

  /** How many lie from one duration to another, both included, to the histogram's resolution. */
  public long countBetween(long fromNanos, long toNanos) {
    return histogram.getCountBetweenValues(
        Math.min(HIGHEST_NANOS, fromNanos), Math.min(HIGHEST_NANOS, toNanos));
  }

  /** All of it for other programs: HdrHistogram's compressed V2 encoding, in Base64. */
  public String encoded() {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  /** The smallest duration that the histogram does not tell from this one. */
  public long lowestEquivalentNanos(long nanos) {
    return histogram.lowestEquivalentValue(nanos);
  }

  /** A copy of what was recorded, for HdrHistogram's own formats. */
  public Histogram histogram() {
    return histogram.copy();
  }
}
