package io.sounder.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
  /** Unicode's White_Space property, and the four separators U+001C to U+001F, as Python strips. */
  private static final String WHITE_SPACE =
      "\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
          + "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

  @Test
  void readsEveryCodePoint() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        continue;
      }
      ByteBuffer bytes = utf8(Character.toString(point));
      long decoded = Utf8.at(bytes, 0, bytes.limit());
      assertEquals(point, Utf8.codePoint(decoded));
      assertEquals(bytes.limit(), Utf8.length(decoded), Integer.toHexString(point));
      assertEquals(0, bytes.position());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "80, a lone continuation",
    "bf, a lone continuation",
    "c080, overlong NUL",
    "c1bf, overlong",
    "e08080, overlong",
    "e09fbf, overlong",
    "f0808080, overlong",
    "f08fbfbf, overlong",
    "eda080, the first surrogate",
    "edbfbf, the last surrogate",
    "f4908080, above 10FFFF",
    "f5808080, above 10FFFF",
    "f8888080, five bytes",
    "fe, never a byte of UTF-8",
    "ff, never a byte of UTF-8",
    "c3, cut short",
    "e282, cut short",
    "f09f98, cut short",
    "c328, no continuation",
    "e22828, no continuation",
    "e28228, no continuation",
    "f09f9828, no continuation"
  })
  void readsAMalformedByteAsOneReplacement(String hex, String why) {
    ByteBuffer bytes = ByteBuffer.wrap(java.util.HexFormat.of().parseHex(hex));
    long decoded = Utf8.at(bytes, 0, bytes.limit());
    assertEquals(Utf8.REPLACEMENT, Utf8.codePoint(decoded), why);
    assertEquals(1, Utf8.length(decoded), why);
  }

  @Test
  void doesNotReadBeyondTheRangeItIsGiven() {
    ByteBuffer bytes = utf8("é");
    assertEquals(1, Utf8.length(Utf8.at(bytes, 0, 1)));
    assertEquals(1, Utf8.strippedLength(bytes, 0, 1));
    assertEquals(0, Utf8.strippedLength(bytes, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "' ', 0",
    "hello, 5",
    "'  hello world\t ', 11",
    "连接成功, 4",
    "'\u3000连 接\u00a0', 3",
    "😀, 1",
    "e\u0301, 2",
    "'\u200b', 1"
  })
  void countsCodePointsBetweenWhiteSpace(String text, int length) {
    ByteBuffer bytes = utf8(text);
    assertEquals(length, Utf8.strippedLength(bytes, 0, bytes.limit()));
  }

  @Test
  void countsEachMalformedByte() {
    // " " ff fe "é" and the first byte of another "é"
    ByteBuffer bytes =
        ByteBuffer.wrap(new byte[] {' ', -1, -2, (byte) 0xc3, (byte) 0xa9, (byte) 0xc3});
    assertEquals(4, Utf8.strippedLength(bytes, 0, 6));
  }

  @Test
  void takesExactlyPythonsWhiteSpaceForWhiteSpace() {
    for (int point = 0; point <= 0xffff; point++) {
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        continue;
      }
      int expected = WHITE_SPACE.indexOf(point) >= 0 ? 0 : 1;
      ByteBuffer bytes = utf8(Character.toString(point));
      assertEquals(
          expected, Utf8.strippedLength(bytes, 0, bytes.limit()), Integer.toHexString(point));
    }
  }

  @Test
  void agreesWithAPlainReadingOfRandomText() {
    Random random = new Random(5);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.appendCodePoint(codePoint(random));
      }
      int[] points = text.codePoints().toArray();
      int start = 0;
      int end = points.length;
      while (start < end && WHITE_SPACE.indexOf(points[start]) >= 0) {
        start++;
      }
      while (end > start && WHITE_SPACE.indexOf(points[end - 1]) >= 0) {
        end--;
      }
      ByteBuffer bytes = utf8("x" + text + "x");
      assertEquals(end - start, Utf8.strippedLength(bytes, 1, bytes.limit() - 1), text::toString);
    }
  }

  private static int codePoint(Random random) {
    if (random.nextInt(3) == 0) {
      return WHITE_SPACE.charAt(random.nextInt(WHITE_SPACE.length()));
    }
    int point = random.nextInt(1 << (7 + random.nextInt(14)));
    boolean valid =
        Character.isValidCodePoint(point)
            && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    return valid ? point : 'x';
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
