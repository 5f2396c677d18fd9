package io.sounder.client.load.script;

import io.sounder.client.load.verify.Expectation;
import io.sounder.client.load.verify.Identification;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the number out of a text, and with it which request the text belongs to: {@code {n}} is
 * found by following what stands before it.
 */
final class NumberedTexts implements Identification {
  private static final int NOT_THERE = -1;
  private static final int NOT_YET = -2;
  private static final int MAX_DIGITS = 18;

  private final Expectation expectation;
  private final Numbering numbering;
  private final int prefixBytes;
  private final boolean endTells;

  /** The parts up to the number, of each kind of text that there is. */
  private final Collection<List<Part>> beginnings;

  private int connection;
  private long sequence;

  /**
   * Prepares.
   *
   * @param texts all of which {@link #tell}
   * @param expectation what is looked for: the texts, without header or terminator
   * @param prefixBytes what stands before each text
   * @param endTells whether what is looked at ends where the text does
   */
  NumberedTexts(
      Texts texts,
      Expectation expectation,
      Numbering numbering,
      int prefixBytes,
      boolean endTells) {
    this.expectation = expectation;
    this.numbering = numbering;
    this.prefixBytes = prefixBytes;
    this.endTells = endTells;
    Map<String, List<Part>> byText = new LinkedHashMap<>();
    for (TextTemplate text : texts.all()) {
      List<Part> beginning = text.parts().subList(0, numberIndex(text) + 1);
      byText.putIfAbsent(text.beforeNumber(), beginning);
    }
    this.beginnings = byText.values();
  }

  /**
   * Whether each text says which request it belongs to: its number is in it, and can be read.
   *
   * @param endTells whether the text's end is known, so that its number may stand there
   */
  static boolean tell(Texts texts, boolean endTells) {
    return texts.all().stream().allMatch(text -> tells(text, endTells));
  }

  private static boolean tells(TextTemplate text, boolean endTells) {
    List<Part> parts = text.parts();
    int last = numberIndex(text);
    for (int i = 0; i <= last; i++) {
      boolean isDecimal = parts.get(i) instanceof Field field && field.isDecimal();
      if (isDecimal && !isEnded(parts, i + 1, endTells)) {
        return false;
      }
    }
    return last >= 0;
  }

  /** Whether what stands at an index ends the digits before it. */
  private static boolean isEnded(List<Part> parts, int index, boolean endTells) {
    if (index == parts.size()) {
      return endTells;
    }
    return parts.get(index) instanceof Literal literal && !isDigit(literal.bytes()[0]);
  }

  private static int numberIndex(TextTemplate text) {
    List<Part> parts = text.parts();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Field field && field.kind() == Field.Kind.NUMBER) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public Found look(ByteBuffer reply) {
    boolean mayBecomeOne = false;
    for (List<Part> beginning : beginnings) {
      long number = numberIn(reply, beginning);
      if (number > 0) {
        int candidateConnection = numbering.connection(number);
        long candidate = numbering.sequence(number);
        int same = expectation.match(candidateConnection, candidate, 0, reply.duplicate());
        if (same == expectation.length(candidateConnection, candidate)) {
          connection = candidateConnection;
          sequence = candidate;
          return Found.WHOLE;
        }
        mayBecomeOne |= same == reply.remaining();
      }
      mayBecomeOne |= number == NOT_YET;
    }
    return mayBecomeOne ? Found.PART : Found.NONE;
  }

  private long numberIn(ByteBuffer reply, List<Part> beginning) {
    int at = reply.position() + prefixBytes;
    for (int i = 0; i < beginning.size() - 1; i++) {
      at = skip(reply, at, beginning.get(i));
      if (at < 0) {
        return at;
      }
    }
    int end = endOfDigits(reply, at);
    if (end < 0) {
      return end;
    }
    long number = 0;
    for (int i = at; i < end; i++) {
      number = number * 10 + reply.get(i) - '0';
    }
    return number;
  }

  private int skip(ByteBuffer reply, int at, Part part) {
    if (part instanceof Field field) {
      return field.isDecimal() ? endOfDigits(reply, at) : at + field.count();
    }
    byte[] literal = ((Literal) part).bytes();
    for (int i = 0; i < literal.length && at + i < reply.limit(); i++) {
      if (reply.get(at + i) != literal[i]) {
        return NOT_THERE;
      }
    }
    return at + literal.length;
  }

  private int endOfDigits(ByteBuffer reply, int at) {
    int end = at;
    while (end < reply.limit() && isDigit(reply.get(end))) {
      end++;
    }
    if (end - at > MAX_DIGITS) {
      return NOT_THERE;
    }
    if (end >= reply.limit() && !endTells) {
      return NOT_YET;
    }
    return end == at ? NOT_THERE : end;
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  @Override
  public int connection() {
    return connection;
  }

  @Override
  public long sequence() {
    return sequence;
  }
}
