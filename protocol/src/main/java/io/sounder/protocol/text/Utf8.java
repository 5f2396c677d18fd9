package io.sounder.protocol.text;

import java.nio.ByteBuffer;

/**
 * UTF-8 (RFC 3629) read in place. A byte that starts no valid sequence is one malformed code point
 * of its own.
 */
public final class Utf8 {
  /** What stands for a malformed byte: U+FFFD. */
  public static final int REPLACEMENT = 0xFFFD;

  private Utf8() {}

  /**
   * The code point at an index, and how many bytes it takes: {@code codePoint(result)} and {@code
   * length(result)}.
   *
   * @param index absolute, below {@code limit}
   */
  public static long at(ByteBuffer bytes, int index, int limit) {
    int first = bytes.get(index) & 0xff;
    if (first < 0x80) {
      return pack(first, 1);
    }
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || index + length > limit) {
      return pack(REPLACEMENT, 1);
    }
    int point = first & 0x7f >> length;
    for (int i = 1; i < length; i++) {
      int next = bytes.get(index + i) & 0xff;
      if ((next & 0xC0) != 0x80) {
        return pack(REPLACEMENT, 1);
      }
      point = point << 6 | (next & 0x3f);
    }
    boolean overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
    return overlong || surrogate || point > 0x10FFFF ? pack(REPLACEMENT, 1) : pack(point, length);
  }

  public static int codePoint(long result) {
    return (int) result;
  }

  public static int length(long result) {
    return (int) (result >>> 32);
  }

  /** The number of code points in a range, white space (Unicode's) at both ends not counted. */
  public static int strippedLength(ByteBuffer bytes, int start, int end) {
    int seen = 0;
    int strippedLength = 0; // what was seen up to the last code point that is not white space
    for (int i = start; i < end; ) {
      long decoded = at(bytes, i, end);
      i += length(decoded);
      boolean blank = isWhiteSpace(codePoint(decoded));
      if (blank && seen == 0) {
        continue;
      }
      seen++;
      if (!blank) {
        strippedLength = seen;
      }
    }
    return strippedLength;
  }

  private static boolean isWhiteSpace(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || codePoint == 0x85;
  }

  private static long pack(int codePoint, int length) {
    return (long) length << 32 | codePoint;
  }
}
