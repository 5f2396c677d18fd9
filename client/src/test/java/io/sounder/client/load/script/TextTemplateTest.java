package io.sounder.client.load.script;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.framing.Framing;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTest {
  private static final List<Framing> FRAMINGS = List.copyOf(EnumSet.allOf(Framing.class));
  private static final Numbering TEN = new Numbering(77, 10);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PING\\r\\n            | 50494e470d0a
          {n}                    | 3235
          {connection}           | 35
          {n:4}{connection:1}    | 3030323535
          a{n}b{connection}c{n}  | 6132356235633235
          {}                     | 7b7d
          {"n":{n}}              | 7b226e223a32357d
          \\x7bn}                | 7b6e7d
          {{n}}                  | 7b32357d
          {N}{m}{n               | 7b4e7d7b6d7d7b6e
          {random}               | 7b72616e646f6d7d
          @file                  | 4066696c65
          ${n}                   | 243235
          连                     | e8bf9e
          """)
  void escapesAndPlaceholdersAreFilledInAndOtherBracesArePlainText(String text, String hex) {
    byte[] rendered = render(text, TEN, 4, 2).getBytes(ISO_8859_1);
    assertEquals(hex, HexFormat.of().formatHex(rendered));
  }

  @Test
  void eachNumberFrom1IsThereOnceOverAllConnections() {
    Set<String> numbers = new HashSet<>();
    for (int connection = 0; connection < 10; connection++) {
      for (long sequence = 0; sequence < 50; sequence++) {
        numbers.add(render("{n}", TEN, connection, sequence));
      }
    }
    Set<String> expected = new HashSet<>();
    IntStream.rangeClosed(1, 500).forEach(n -> expected.add("" + n));
    assertEquals(expected, numbers);
  }

  @Test
  void aRandomPlaceholderIsTheSameWhereverItStandsInARequestAndItsReply() {
    String sent = render("SET {random:8} {random:1-1000} {random:8}", TEN, 3, 7);
    String key = render("{random:8}", TEN, 3, 7);
    String value = render("{random:1-1000}", TEN, 3, 7);
    assertEquals("SET " + key + " " + value + " " + key, sent);
  }

  @Test
  void aNameMakesAnotherRandomPlaceholder() {
    Set<String> values = new HashSet<>();
    for (String text : List.of("{random:8}", "{random:8:a}", "{random:8:b}", "{hex:8}")) {
      values.add(render(text, TEN, 0, 0));
    }
    assertEquals(4, values.size());
  }

  @Test
  void randomPlaceholdersDifferFromRequestToRequestAndFromRunToRun() {
    String here = render("{random:12}", TEN, 3, 7);
    assertNotEquals(here, render("{random:12}", TEN, 3, 8));
    assertNotEquals(here, render("{random:12}", TEN, 4, 7));
    assertNotEquals(here, render("{random:12}", new Numbering(78, 10), 3, 7));
  }

  @Test
  void randomValuesAreOfTheirKindAndReachItsEnds() {
    Set<Long> numbers = new HashSet<>();
    Set<Character> letters = new HashSet<>();
    Set<Character> digits = new HashSet<>();
    Set<Character> bytes = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      numbers.add(Long.parseLong(render("{random:7-12}", TEN, 0, i)));
      addAll(letters, render("{random:9}", TEN, 0, i), 9);
      addAll(digits, render("{hex:7}", TEN, 0, i), 7);
      addAll(bytes, render("{bytes:10}", TEN, 0, i), 10);
    }
    assertEquals(Set.of(7L, 8L, 9L, 10L, 11L, 12L), numbers);
    assertEquals(36, letters.size());
    assertTrue(letters.stream().allMatch(c -> Character.isDigit(c) || Character.isLowerCase(c)));
    assertEquals(16, digits.size());
    assertEquals(256, bytes.size());
  }

  private static void addAll(Set<Character> all, String value, int length) {
    assertEquals(length, value.length());
    value.chars().forEach(c -> all.add((char) c));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ab\\qc             | '\\q' is no escape
          ab\\qc             | (at character 3)
          {n}{n}\\x4         | '\\x' must be followed by 2 hexadecimal digits (at character 7)
          x{random:0}        | '{random:0}' is no placeholder
          x{random:0}        | (at character 2;
          {random:65537}     | with N from 1 to 65536
          {random:}          | '{random:}' is no placeholder
          {random:9-1}       | {random:A-B} with A not above B
          {hex:1-2}          | '{hex:1-2}' is no placeholder
          {bytes:x}          | '{bytes:x}' is no placeholder
          {random:8          | '{random:8' is no placeholder
          {n:}               | '{n:}' is no placeholder; allowed are {n} and {connection}, with
          {n:19}             | '{n:19}' is no placeholder
          {connection:x}     | '{connection:x}' is no placeholder
          {random:8:}        | '{random:8:}' is no placeholder
          {random:8:a b}     | is no placeholder
          """)
  void whatIsWrongIsSaidWithItsPlace(String text, String said) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> TextTemplate.compile(text)).getMessage();
    assertTrue(message.contains(said), message);
  }

  @ParameterizedTest
  @CsvSource({"{n}, 19", "{n:18}, 19", "{connection}, 8", "{connection:12}, 12"})
  @CsvSource({"{random:5-5}, 1", "{random:0-1000}, 4", "{hex:7}, 7", "a\\x41{bytes:3}, 5"})
  void theMostBytesThatItCanBecomeAreKnown(String text, int most) {
    assertEquals(most, TextTemplate.compile(text).maxBytes());
  }

  @Test
  void aTextThatMayBecomeHugeIsRefused() {
    String text = "{random:65536}".repeat(257);
    String message =
        assertThrows(IllegalArgumentException.class, () -> TextTemplate.compile(text)).getMessage();
    assertEquals("it may become 16842752B long; at most 16MiB is allowed", message);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void partsThatAreWrittenAndMatchedMakeTheWhole(long seed) {
    Random random = new Random(seed);
    Texts texts =
        new Texts(
            List.of(
                TextTemplate.compile("k{n} {random:20}\n"),
                TextTemplate.compile("constant"),
                TextTemplate.compile("{bytes:3}{connection}")));
    for (int i = 0; i < 2000; i++) {
      Framing framing = FRAMINGS.get(random.nextInt(FRAMINGS.size()));
      int connection = random.nextInt(10);
      long sequence = random.nextInt(1000);
      RenderedText rendered = new RenderedText(texts, framing, TEN);
      int length = rendered.length(connection, sequence);
      ByteBuffer whole = ByteBuffer.allocate(length);
      for (int from = 0; from < length; ) {
        int count = 1 + random.nextInt(length - from);
        rendered.write(connection, sequence, from, count, whole);
        if (random.nextBoolean()) {
          rendered.length(connection + 1, sequence + 1); // somebody else's turn
        }
        from += count;
      }
      int cut = random.nextInt(length + 1);
      assertEquals(cut, rendered.match(connection, sequence, 0, whole.slice(0, cut)));
      ByteBuffer rest = whole.slice(cut, length - cut);
      assertEquals(length - cut, rendered.match(connection, sequence, cut, rest));
      assertFalse(rest.hasRemaining());
      if (cut < length) {
        whole.put(cut, (byte) (whole.get(cut) ^ 1));
        ByteBuffer wrong = whole.slice(0, length);
        assertEquals(cut, rendered.match(connection, sequence, 0, wrong));
        assertEquals(cut, wrong.position());
      }
    }
  }

  @Test
  void textsAreTakenInTurnAndAConnectionBeginsWithTheFirst() {
    Texts texts =
        new Texts(List.of(TextTemplate.compile("a{connection}"), TextTemplate.compile("b")));
    RenderedText rendered = new RenderedText(texts, Framing.RAW, TEN);
    StringBuilder all = new StringBuilder();
    for (long sequence = 0; sequence < 3; sequence++) {
      ByteBuffer out = ByteBuffer.allocate(rendered.length(8, sequence));
      rendered.write(8, sequence, 0, out.capacity(), out);
      all.append(new String(out.array(), ISO_8859_1)).append(' ');
    }
    assertEquals("a9 b a9 ", all.toString());
  }

  private static String render(String text, Numbering numbering, int connection, long sequence) {
    TextTemplate template = TextTemplate.compile(text);
    ByteBuffer out = ByteBuffer.allocate(template.maxBytes());
    template.write(numbering, connection, sequence, out);
    return new String(out.array(), 0, out.position(), ISO_8859_1);
  }
}
