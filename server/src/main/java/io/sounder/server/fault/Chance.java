package io.sounder.server.fault;

/**
 * What chance gives: SplitMix64 (Steele, Lea, Flood 2014), addressed instead of stepped, so that
 * one decision never shifts another. The same seed, stream, index and slot give the same number for
 * ever.
 */
final class Chance {
  /** How many numbers there are for each reply. */
  static final int SLOTS = 16;

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long start;

  /** The numbers of one stream: one connection's, or all of a listener's datagrams'. */
  Chance(long seed, long stream) {
    start = mix(mix(seed + GOLDEN_GAMMA) + stream);
  }

  /**
   * A number with all bits random.
   *
   * @param index of the reply in its stream, from 0
   * @param slot from 0, below {@link #SLOTS}
   */
  long number(long index, int slot) {
    return mix(start + (index * SLOTS + slot + 1) * GOLDEN_GAMMA);
  }

  /** From 0 to below 100. */
  double percent(long index, int slot) {
    return (number(index, slot) >>> 11) * 0x1.0p-53 * 100;
  }

  /** A number from 0 to below the bound, from the upper half of a random one. */
  static int below(int bound, long random) {
    return (int) (((random >>> 32) * bound) >>> 32);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
