package io.sounder.protocol.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapesTest {
  private static final int ALL = Integer.MAX_VALUE;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          68690d0a         | hi\\r\\n
          00090b1b7f       | \\x00\\t\\x0b\\x1b\\x7f
          5c6e             | \\\\n
          2227             | "'
          e8bf9ee68ea5     | 连接
          f09f9880         | 😀
          c3a9ff           | é\\xff
          c3               | \\xc3
          c285             | \\xc2\\x85
          e280ae           | \\xe2\\x80\\xae
          e280a8           | \\xe2\\x80\\xa8
          efbbbf           | \\xef\\xbb\\xbf
          ee8080           | \\xee\\x80\\x80
          eda080           | \\xed\\xa0\\x80
          efbfbd           | �
          """)
  void showsWhatAPeerSent(String hex, String shown) {
    assertEquals(shown, Escapes.show(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), ALL));
  }

  @Test
  void leavesTheBufferAsItWas() {
    ByteBuffer bytes = utf8("xhix").position(1).limit(3);
    assertEquals("hi", Escapes.show(bytes, ALL));
    assertEquals(1, bytes.position());
    assertEquals(3, bytes.limit());
  }

  @Test
  void saysHowMuchItCut() {
    assertEquals("hel… (2 more bytes)", Escapes.show(utf8("hello"), 3));
    assertEquals("hello", Escapes.show(utf8("hello"), 5));
    assertEquals("… (5 more bytes)", Escapes.show(utf8("hello"), 0));
    assertEquals("", Escapes.show(utf8(""), 0));
  }

  @Test
  void showsACodePointWholeOrNotAtAll() {
    assertEquals("连… (3 more bytes)", Escapes.show(utf8("连接"), 1));
    assertEquals("连接", Escapes.show(utf8("连接"), 4));
  }

  @Test
  void showsNamesAsItShowsBytes() {
    assertEquals("a\\nb\\\\c", Escapes.show("a\nb\\c"));
  }

  @Test
  void keepsBackslashesInMessagesOfOurOwn() {
    assertEquals("'a\\nb' and \\d", Escapes.oneLine("'a\nb' and \\d"));
    assertEquals(
        "a\\x1b[2J\\xe2\\x80\\xaeb", Escapes.oneLine(Escapes.oneLine("a\u001b[2J\u202eb")));
    assertEquals("连接…", Escapes.oneLine("连接…"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET / HTTP/1.0\\r\\n\\r\\n | 474554202f20485454502f312e300d0a0d0a
          \\n\\r\\t\\0\\e          | 0a0d09001b
          \\\\ \\" \\'             | 5c20222027
          \\x00\\xff\\xAb          | 00ffab
          \\u0041\\u8fde           | 41e8bf9e
          \\ud83d\\uDE00           | f09f9880
          连                       | e8bf9e
          \\\\n                    | 5c6e
          \\0a                     | 0061
          """)
  void readsWhatAUserTyped(String text, String hex) {
    assertEquals(hex, HexFormat.of().formatHex(Escapes.parse(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          \\q        | '\\q' is no escape; known are \\n \\r \\t \\0 \\e \\\\ \\" \\' \\xHH \\uHHHH
          a\\        | '\\' is no escape; known are
          \\😀       | '\\😀' is no escape; known are
          \\N        | '\\N' is no escape; known are
          \\x        | '\\x' must be followed by 2 hexadecimal digits
          \\x4       | '\\x' must be followed by 2 hexadecimal digits
          \\x4g      | '\\x' must be followed by 2 hexadecimal digits
          \\x４１    | '\\x' must be followed by 2 hexadecimal digits
          \\u123     | '\\u' must be followed by 4 hexadecimal digits
          \\ud83d    | '\\ud83d' is half of a surrogate pair
          \\ude00    | '\\ude00' is half of a surrogate pair
          \\ud83d\\u0041 | '\\ud83d' is half of a surrogate pair
          \\ud83dx   | '\\ud83d' is half of a surrogate pair
          """)
  void refusesWhatIsNoEscape(String text, String said) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Escapes.parse(text)).getMessage();
    assertEquals(said, message.substring(0, Math.min(said.length(), message.length())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          \\q          | 1
          ab\\n\\q     | 5
          连\\          | 2
          x\\x4g        | 2
          \\u12         | 1
          ab\\ude00     | 3
          a\\ud83d\\u1  | 8
          """)
  void saysWhereTheWrongEscapeStands(String text, int place) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Escapes.parse(text)).getMessage();
    assertTrue(message.endsWith(" (at character " + place + ")"), message);
  }

  @Test
  void readsAPartOfATextAndGivesPlacesInTheWhole() {
    assertArrayEquals(new byte[] {'b', '\n'}, Escapes.parse("\\qab\\n{n}", 3, 6));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Escapes.parse("ab\\x41", 1, 5))
            .getMessage();
    assertTrue(message.endsWith(" (at character 3)"), message);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsBackWhateverItShows(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (seed == 2) { // mostly text
        bytes = new String(bytes, StandardCharsets.UTF_16BE).getBytes(StandardCharsets.UTF_8);
      }
      String shown = Escapes.show(ByteBuffer.wrap(bytes), ALL);
      assertFalse(shown.chars().anyMatch(Character::isISOControl), shown);
      assertArrayEquals(bytes, Escapes.parse(shown), shown);
    }
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
