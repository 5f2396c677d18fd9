package io.sounder.server.guard;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A quota for each of any number of sources, in memory that never grows: sets of eight places, and
 * a source that is new takes the place of the one that has used the least. So of a million forged
 * sources none gets more than its quota and what it had when it was forgotten, and one that keeps
 * to its quota is never refused because of others. Which set a source belongs to cannot be
 * foretold.
 *
 * <p>Belongs to one thread at a time.
 */
final class RateTable {
  private static final int PLACES_PER_SET = 8;

  private final Quota quota;
  private final long seed = new SplittableRandom().nextLong();
  private final long[] keys;
  private final long[] dueNanos;
  private final int setMask;

  private int place; // of the source that was looked up last

  /**
   * A table in which nobody has used anything.
   *
   * @param sets how many sets of eight places: a power of two
   */
  RateTable(Quota quota, int sets, long nowNanos) {
    this.quota = quota;
    this.keys = new long[sets * PLACES_PER_SET];
    this.dueNanos = new long[keys.length];
    this.setMask = sets - 1;
    Arrays.fill(dueNanos, nowNanos);
  }

  /** Whether a source may once more; {@link #take} then counts it. */
  boolean allows(long key, long nowNanos) {
    place = placeOf(key, nowNanos);
    return quota.allows(dueNanos[place], nowNanos);
  }

  /** Counts one for the source that was asked about last. */
  void take(long nowNanos) {
    dueNanos[place] = quota.afterOne(dueNanos[place], nowNanos);
  }

  private int placeOf(long key, long nowNanos) {
    int first = ((int) Mixing.mix(key ^ seed) & setMask) * PLACES_PER_SET;
    int least = first;
    for (int i = first; i < first + PLACES_PER_SET; i++) {
      if (keys[i] == key) {
        return i;
      }
      if (dueNanos[i] - dueNanos[least] < 0) {
        least = i;
      }
    }
    keys[least] = key;
    dueNanos[least] = nowNanos;
    return least;
  }
}
