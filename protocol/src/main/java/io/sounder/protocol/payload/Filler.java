package io.sounder.protocol.payload;

import java.nio.ByteBuffer;

/**
 * The letters behind a header: whole words, each known by its place alone. To mix each word anew
 * would cost more than to send it, so a message is made of blocks, and a block is a stretch of a
 * table, from a place and under a key that are its own. Some 2^40 stretches are alike to none, and
 * only its first word is mixed.
 *
 * <p>Immutable; any thread.
 */
final class Filler {
  private static final int TABLE_WORDS = 4096; // 32 KiB: stays in a core's cache
  private static final int BLOCK_WORDS = 512;
  private static final int START_SHIFT = Long.SIZE - 12;

  private final long[] table = new long[TABLE_WORDS + BLOCK_WORDS];

  Filler(int run) {
    for (int i = 0; i < table.length; i++) {
      table[i] = Words.mix(run + i * Words.GOLDEN_GAMMA);
    }
  }

  /** The word of that number in the stream that grows from a seed. */
  long word(long number, long seed) {
    long key = key(number, seed);
    return Words.letters(table[start(key) + (int) (number % BLOCK_WORDS)] ^ key);
  }

  /** Puts words at an absolute place in a buffer. */
  void write(long number, int count, long seed, ByteBuffer out, int index) {
    int at = index;
    int left = count;
    for (long next = number; left > 0; ) {
      int inBlock = (int) (next % BLOCK_WORDS);
      int words = Math.min(left, BLOCK_WORDS - inBlock);
      long key = key(next, seed);
      int from = start(key) + inBlock;
      for (int i = from; i < from + words; i++) {
        out.putLong(at, Words.letters(table[i] ^ key));
        at += Long.BYTES;
      }
      next += words;
      left -= words;
    }
  }

  /** How many words are right, from an absolute place in a buffer, before the first that is not. */
  int match(long number, int count, long seed, ByteBuffer in, int index) {
    int at = index;
    int right = 0;
    while (right < count) {
      int inBlock = (int) ((number + right) % BLOCK_WORDS);
      int words = Math.min(count - right, BLOCK_WORDS - inBlock);
      long key = key(number + right, seed);
      int from = start(key) + inBlock;
      for (int i = from; i < from + words; i++) {
        if (in.getLong(at) != Words.letters(table[i] ^ key)) {
          return right + i - from;
        }
        at += Long.BYTES;
      }
      right += words;
    }
    return right;
  }

  private static long key(long number, long seed) {
    return Words.mix(seed + number / BLOCK_WORDS * Words.GOLDEN_GAMMA);
  }

  private static int start(long key) {
    return (int) (key >>> START_SHIFT);
  }
}
