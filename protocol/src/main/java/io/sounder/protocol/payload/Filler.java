package io.sounder.protocol.payload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * The letters behind a header: whole words, each known by its place alone. To mix each word anew
 * would cost more than to send it, so a message is made of blocks, and a block is a stretch of a
 * table, from a place and under a key that are its own. Some 2^40 stretches are alike to none, and
 * only its first word is mixed.
 *
 * <p>Words are held in the machine's byte order, so that many of them are made by a loop that the
 * compiler turns into vector instructions, and go to and from buffers without being swapped.
 *
 * <p>For one thread.
 */
final class Filler {
  private static final int TABLE_WORDS = 4096; // 32 KiB: stays in a core's cache
  private static final int BLOCK_WORDS = 512;
  private static final int START_SHIFT = Long.SIZE - 12;
  private static final int FEWEST_AT_ONCE = 32; // fewer are done sooner one by one

  private final long[] table = new long[TABLE_WORDS + BLOCK_WORDS];
  private final long[] expected = new long[BLOCK_WORDS];
  private final long[] found = new long[BLOCK_WORDS];

  Filler(int run) {
    for (int i = 0; i < table.length; i++) {
      table[i] = swapped(Words.mix(run + i * Words.GOLDEN_GAMMA));
    }
  }

  /** The word of that number in the stream that grows from a seed; big-endian. */
  long word(long number, long seed) {
    long key = key(number, seed);
    return word(start(key) + (int) (number % BLOCK_WORDS), swapped(key));
  }

  private long word(int place, long swappedKey) {
    return swapped(Words.letters(table[place] ^ swappedKey));
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
      if (words < FEWEST_AT_ONCE) {
        for (int i = 0; i < words; i++) {
          out.putLong(at + i * Long.BYTES, word(from + i, swapped(key)));
        }
      } else {
        expect(from, words, swapped(key));
        words(out, at, words).put(expected, 0, words);
      }
      at += words * Long.BYTES;
      next += words;
      left -= words;
    }
  }

  /** How many words are right, from an absolute place in a buffer, before the first that is not. */
  int match(long number, int count, long seed, ByteBuffer in, int index) {
    int right = 0;
    while (right < count) {
      int at = index + right * Long.BYTES;
      int inBlock = (int) ((number + right) % BLOCK_WORDS);
      int words = Math.min(count - right, BLOCK_WORDS - inBlock);
      long key = key(number + right, seed);
      int matching = match(start(key) + inBlock, words, swapped(key), in, at);
      right += matching;
      if (matching < words) {
        return right;
      }
    }
    return right;
  }

  private int match(int from, int words, long swappedKey, ByteBuffer in, int at) {
    if (words < FEWEST_AT_ONCE) {
      int matching = 0;
      while (matching < words
          && in.getLong(at + matching * Long.BYTES) == word(from + matching, swappedKey)) {
        matching++;
      }
      return matching;
    }
    expect(from, words, swappedKey);
    words(in, at, words).get(found, 0, words);
    int wrong = Arrays.mismatch(expected, 0, words, found, 0, words);
    return wrong < 0 ? words : wrong;
  }

  private void expect(int from, int words, long swappedKey) {
    for (int i = 0; i < words; i++) {
      expected[i] = Words.letters(table[from + i] ^ swappedKey);
    }
  }

  /** A view of a stretch of a buffer; the compiler sees to it that it is no object. */
  private static LongBuffer words(ByteBuffer bytes, int at, int words) {
    return bytes.slice(at, words * Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer();
  }

  /** From big-endian to the machine's order, and back. */
  private static long swapped(long word) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? word : Long.reverseBytes(word);
  }

  private static long key(long number, long seed) {
    return Words.mix(seed + number / BLOCK_WORDS * Words.GOLDEN_GAMMA);
  }

  private static int start(long key) {
    return (int) (key >>> START_SHIFT);
  }
}
