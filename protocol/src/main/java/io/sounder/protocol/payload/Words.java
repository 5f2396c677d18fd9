package io.sounder.protocol.payload;

/**
 * Eight characters at a time, as one big-endian word: hexadecimal digits and filler letters. None
 * of them is a capital, a full stop, white space or a control character, so that no payload can
 * hold a line end or {@code OK...}.
 */
final class Words {
  /** What SplitMix64 adds from one number to the next (Steele, Lea, Flood 2014). */
  static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private static final long LOW_NIBBLES = 0x0F0F0F0F0F0F0F0FL;
  private static final long ONES = 0x0101010101010101L;

  private Words() {}

  /** SplitMix64's finalizer: spreads every bit of its input over all of its output. */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Eight letters from {@code a} to {@code p}. */
  static long letters(long random) {
    return (random & LOW_NIBBLES) + 'a' * ONES;
  }

  /** Eight lower-case hexadecimal digits. */
  static long hex(int value) {
    long nibbles = value & 0xFFFF_FFFFL;
    nibbles = (nibbles | nibbles << 16) & 0x0000FFFF0000FFFFL;
    nibbles = (nibbles | nibbles << 8) & 0x00FF00FF00FF00FFL;
    nibbles = (nibbles | nibbles << 4) & LOW_NIBBLES;
    long aboveNine = ((nibbles + 6 * ONES) >>> 4) & ONES;
    return nibbles + '0' * ONES + aboveNine * ('a' - '0' - 10);
  }

  /** The value whose digits a word holds; whatever it gives for other words, {@link #hex} shows. */
  static int fromHex(long word) {
    long letter = (word >>> 6) & ONES;
    long nibbles = ((word & LOW_NIBBLES) + letter * 9) & LOW_NIBBLES;
    nibbles = (nibbles | nibbles >>> 4) & 0x00FF00FF00FF00FFL;
    nibbles = (nibbles | nibbles >>> 8) & 0x0000FFFF0000FFFFL;
    return (int) (nibbles | nibbles >>> 16);
  }

  /** One of the eight characters, from the left. */
  static byte at(long word, int index) {
    return (byte) (word >>> (56 - 8 * index));
  }
}
