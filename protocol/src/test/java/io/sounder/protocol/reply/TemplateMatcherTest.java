package io.sounder.protocol.reply;

import static io.sounder.protocol.reply.TemplateMatcher.State.COMPLETE;
import static io.sounder.protocol.reply.TemplateMatcher.State.MISMATCH;
import static io.sounder.protocol.reply.TemplateMatcher.State.PARTIAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sounder.protocol.reply.TemplateMatcher.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateMatcherTest {
  private static final int NUMBER = 12;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          hello            | hello            | COMPLETE | ``
          hello            | hell             | PARTIAL  | ``
          hello            | ``               | PARTIAL  | ``
          hello            | help             | MISMATCH | ``
          hello            | helloworld       | COMPLETE | world
          ``               | ``               | COMPLETE | ``
          ``               | x                | COMPLETE | x
          {n}. message     | 12. message      | COMPLETE | ``
          {n}. message     | 13. message      | MISMATCH | . message
          {n}{n}           | 1212             | COMPLETE | ``
          {n}              | 123              | COMPLETE | 3
          Hi {peer}!       | Hi 1.2.3.4:5!x   | COMPLETE | x
          Hi {peer}!       | Hi 1.2.3.4:5     | PARTIAL  | ``
          Hi {peer}!       | Hi !             | COMPLETE | ``
          Hi {peer}!       | Hi !!            | COMPLETE | !
          Hi {peer}        | `Hi `            | PARTIAL  | ``
          Hi {peer}!       | Ho               | MISMATCH | ``
          {peer}           | ``               | PARTIAL  | ``
          {peer}           | x                | COMPLETE | ``
          {peer}           | anything at all  | COMPLETE | ``
          {peer}{host}     | x                | COMPLETE | ``
          {peer}{host}.    | xyz.             | COMPLETE | ``
          {peer}{n}.       | host12.          | COMPLETE | ``
          {peer}{n}.       | 1212.            | COMPLETE | ``
          {peer}{n}.       | 12.12.           | COMPLETE | 12.
          {peer}, {local}; | a, b;           | COMPLETE | ``
          {peer}, {local}; | a,, b;         | COMPLETE | ``
          {peer}aab        | xaaab            | COMPLETE | ``
          {peer}aab        | xaaaaaaaab       | COMPLETE | ``
          {peer}abab;      | xababab          | PARTIAL  | ``
          {peer}ababc      | xabababc         | COMPLETE | ``
          {peer}abcabd     | xabcabcabd       | COMPLETE | ``
          {peer}ab{host}cd | xaabyccd         | COMPLETE | ``
          {peer}ab{host}cd | xabcdcd          | COMPLETE | cd
          """)
  void matchesWhateverTheSplit(String template, String bytes, State state, String left) {
    Template compiled = template(template);
    byte[] wire = bytes.getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= wire.length; cut++) {
      TemplateMatcher matcher = new TemplateMatcher(compiled, NUMBER);
      ByteBuffer first = ByteBuffer.wrap(wire, 0, cut);
      matcher.take(first);
      ByteBuffer second =
          ByteBuffer.wrap(wire, cut - first.remaining(), wire.length - cut + first.remaining());
      String label = template + " cut at " + cut;
      assertEquals(state, matcher.take(second), label);
      assertEquals(state, matcher.state(), label);
      if (state != MISMATCH) {
        assertEquals(left, StandardCharsets.UTF_8.decode(second).toString(), label);
      }
    }
  }

  @Test
  void matchesWhatTheTemplateWrites() {
    // None of the literals, and not the number, is found in a value.
    String[] pieces = {"{n}", "{peer}", "{host}", "{local.port}", "<", ">>", "|<|", "\n", "{"};
    Random random = new Random(10);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder source = new StringBuilder();
      for (int n = random.nextInt(6); n > 0; n--) {
        source.append(pieces[random.nextInt(pieces.length)]);
      }
      Template template = template(source.toString());
      BufferSink out = new BufferSink(0);
      template.write(FixedExchange.numbered(99), out);
      assertEquals(template.length(FixedExchange.numbered(99)), out.size());
      TemplateMatcher matcher = new TemplateMatcher(template, 99);
      for (ByteBuffer wire = out.view(); wire.hasRemaining(); ) {
        int size = Math.min(1 + random.nextInt(4), wire.remaining());
        ByteBuffer chunk = wire.slice(wire.position(), size);
        wire.position(wire.position() + size);
        matcher.take(chunk);
        assertEquals(0, chunk.remaining(), source::toString);
      }
      assertEquals(COMPLETE, matcher.state(), source::toString);
    }
  }

  @Test
  void takesTheShortestMatchAsARegularExpressionDoes() {
    Random random = new Random(11);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder source = new StringBuilder();
      StringBuilder regex = new StringBuilder();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        String literal = word(random, 1 + random.nextInt(4));
        boolean placeholder = random.nextBoolean();
        source.append(placeholder ? "{peer}" : "").append(literal);
        // Atomic, as what a literal has ended is not given back.
        regex.append(placeholder ? ")(?>.*?" : "").append(literal);
      }
      regex.insert(0, "(?>").append(")");
      String wire = word(random, random.nextInt(14));
      Matcher expected = Pattern.compile(regex.toString()).matcher(wire);
      TemplateMatcher matcher = new TemplateMatcher(template(source.toString()), NUMBER);
      ByteBuffer bytes = ByteBuffer.wrap(wire.getBytes(StandardCharsets.US_ASCII));
      State state = matcher.take(bytes);
      assertEquals(expected.lookingAt(), state == COMPLETE, () -> source + " on " + wire);
      if (state == COMPLETE) {
        assertEquals(expected.end(), bytes.position(), () -> source + " on " + wire);
      } else {
        assertEquals(expected.hitEnd(), state == PARTIAL, () -> source + " on " + wire);
      }
    }
  }

  @Test
  void staysMismatched() {
    TemplateMatcher matcher = new TemplateMatcher(template("ab"), 1);
    assertSame(MISMATCH, matcher.take(ByteBuffer.wrap(new byte[] {'x'})));
    ByteBuffer more = ByteBuffer.wrap(new byte[] {'a', 'b'});
    assertSame(MISMATCH, matcher.take(more));
    assertEquals(2, more.remaining());
  }

  private static String word(Random random, int length) {
    return random
        .ints(length, 'a', 'c')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Template template(String source) {
    return Template.compile(source, text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
