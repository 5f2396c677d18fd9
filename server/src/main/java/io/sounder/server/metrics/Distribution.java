package io.sounder.server.metrics;

import io.sounder.server.count.LogBuckets;
import java.util.List;

/**
 * How often values of which size have occurred until some moment, of all threads together.
 * Immutable.
 */
public final class Distribution {
  private final LogBuckets shape;
  private final long[] counts;
  private final long sum;

  private Distribution(LogBuckets shape, long[] counts, long sum) {
    this.shape = shape;
    this.counts = counts;
    this.sum = sum;
  }

  /**
   * The sum of some.
   *
   * @param shape has the bounds of all of them
   */
  public static Distribution of(LogBuckets shape, List<LogBuckets> parts) {
    long[] counts = new long[shape.size()];
    long sum = 0;
    for (LogBuckets part : parts) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += part.count(i);
      }
      sum += part.sum();
    }
    return new Distribution(shape, counts, sum);
  }

  /** What has come since an earlier moment. */
  public Distribution since(Distribution before) {
    long[] more = counts.clone();
    for (int i = 0; i < more.length; i++) {
      more[i] -= before.counts[i];
    }
    return new Distribution(shape, more, sum - before.sum);
  }

  /**
   * The value that the given part, 0 to 1, does not exceed, to a bucket's bound; 0 if none came.
   */
  public long quantile(double part) {
    long rank = (long) Math.ceil(part * total());
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank && seen > 0) {
        return bound(Math.min(i, counts.length - 2));
      }
    }
    return 0;
  }

  public int size() {
    return counts.length;
  }

  /** The largest value that belongs in a bucket; that of the last one has no meaning. */
  public long bound(int bucket) {
    return shape.bound(bucket);
  }

  public long count(int bucket) {
    return counts[bucket];
  }

  /** How many values there were. */
  public long total() {
    long total = 0;
    for (long each : counts) {
      total += each;
    }
    return total;
  }

  /** All values together. */
  public long sum() {
    return sum;
  }
}
