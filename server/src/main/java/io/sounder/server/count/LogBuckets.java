package io.sounder.server.count;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often values of which size occurred: one or two buckets for each power of two. Written by one
 * thread alone, without allocating, and read by anyone; only grows.
 */
public final class LogBuckets {
  private static final int PADDING = 8; // so that no other thread's numbers are on a cache line
  private static final int SUM = PADDING;
  private static final int FIRST = SUM + 1;

  private final int lowest;
  private final int steps;
  private final int size;
  private final AtomicLongArray cells;

  private LogBuckets(int lowest, int octaves, int steps) {
    this.lowest = lowest;
    this.steps = steps;
    this.size = octaves * steps + 2;
    this.cells = new AtomicLongArray(FIRST + size + PADDING);
  }

  /** For times in nanoseconds: from 1 µs to 8.6 s, two buckets for each power of two. */
  public static LogBuckets ofNanos() {
    return new LogBuckets(10, 23, 2);
  }

  /** For how many: from 1 to 2,048, a bucket for each power of two. */
  public static LogBuckets ofCounts() {
    return new LogBuckets(0, 11, 1);
  }

  /** Its own thread: the value occurred so many times. */
  public void add(long value, long times) {
    add(FIRST + bucketOf(value), times);
    add(SUM, value * times);
  }

  private void add(int cell, long more) {
    cells.setRelease(cell, cells.getPlain(cell) + more); // the only writer: no atomic addition
  }

  private int bucketOf(long value) {
    long below = Math.max(1, value) - 1; // a bucket's bound belongs to it
    if (below >>> lowest == 0) {
      return 0;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(below);
    int half = steps == 2 ? (int) (below >>> (exponent - 1)) & 1 : 0;
    return Math.min(size - 1, (exponent - lowest) * steps + half + 1);
  }

  /** How many buckets there are; the last one has no bound. */
  public int size() {
    return size;
  }

  /** The largest value that belongs in a bucket. */
  public long bound(int bucket) {
    if (bucket == size - 1) {
      return Long.MAX_VALUE;
    }
    long power = 1L << (lowest + bucket / steps);
    return power + (bucket % steps) * (power >> 1);
  }

  /** How often values in a bucket occurred. */
  public long count(int bucket) {
    return cells.get(FIRST + bucket);
  }

  /** All values together. */
  public long sum() {
    return cells.get(SUM);
  }
}
