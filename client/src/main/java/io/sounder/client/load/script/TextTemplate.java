package io.sounder.client.load.script;

import io.sounder.protocol.text.Escapes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with backslash escapes and placeholders, compiled once. Placeholders are recognised before
 * escapes are decoded, so that {@code \x7bn}} is plain text; so are all other braces. Writing
 * allocates nothing. Immutable.
 */
public final class TextTemplate {
  /** The most that a text may become: each loop keeps one or two of them. */
  private static final long MAX_BYTES = 16 << 20;

  private final String source;
  private final Part[] parts;
  private final long maxBytes;
  private final boolean constant;
  private final String beforeNumber;

  private TextTemplate(String source, List<Part> parts, String beforeNumber) {
    this.source = source;
    this.parts = parts.toArray(new Part[0]);
    this.beforeNumber = beforeNumber;
    this.maxBytes = parts.stream().mapToLong(Part::maxBytes).sum();
    this.constant = parts.stream().allMatch(Literal.class::isInstance);
  }

  /**
   * Compiles a text.
   *
   * @throws IllegalArgumentException with a message for the user: what is wrong, where, and what is
   *     allowed
   */
  public static TextTemplate compile(String source) {
    List<Part> parts = new ArrayList<>();
    String beforeNumber = null;
    int literalStart = 0;
    int brace = source.indexOf('{');
    while (brace >= 0) {
      Field field = Field.at(source, brace).orElse(null);
      int end = brace + 1;
      if (field != null) {
        addLiteral(parts, source, literalStart, brace);
        parts.add(field);
        if (field.kind() == Field.Kind.NUMBER && beforeNumber == null) {
          beforeNumber = source.substring(0, brace);
        }
        end = brace + field.text().length();
        literalStart = end;
      }
      brace = source.indexOf('{', end);
    }
    addLiteral(parts, source, literalStart, source.length());
    TextTemplate template = new TextTemplate(source, parts, beforeNumber);
    if (template.maxBytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "it may become " + template.maxBytes + "B long; at most 16MiB is allowed");
    }
    return template;
  }

  private static void addLiteral(List<Part> parts, String source, int start, int end) {
    if (end > start) {
      parts.add(new Literal(Escapes.parse(source, start, end)));
    }
  }

  List<Part> parts() {
    return List.of(parts);
  }

  /** What stands before the first {@code {n}}, as it was written; null if there is none. */
  String beforeNumber() {
    return beforeNumber;
  }

  /** The most bytes that it can become. */
  int maxBytes() {
    return (int) maxBytes;
  }

  /** Whether it is the same for each request. */
  boolean isConstant() {
    return constant;
  }

  /** Whether a byte may stand in it. */
  boolean mayContain(int b) {
    for (Part part : parts) {
      boolean may =
          part instanceof Literal literal
              ? literal.contains(b)
              : ((Field) part).kind() == Field.Kind.BYTES;
      if (may) {
        return true;
      }
    }
    return false;
  }

  /** Whether the last byte is surely this one. */
  boolean endsWith(int b) {
    return parts.length > 0
        && parts[parts.length - 1] instanceof Literal literal
        && literal.bytes()[literal.bytes().length - 1] == b;
  }

  /** Whether it is one line: a line feed at its end, and none before. */
  boolean isOneLine() {
    if (!endsWith('\n')) {
      return false;
    }
    int lineFeeds = 0;
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        for (byte b : literal.bytes()) {
          lineFeeds += b == '\n' ? 1 : 0;
        }
      } else if (((Field) part).kind() == Field.Kind.BYTES) {
        return false;
      }
    }
    return lineFeeds == 1;
  }

  /** Puts what it is in one request; the buffer must have room for {@link #maxBytes}. */
  void write(Numbering numbering, int connection, long sequence, ByteBuffer out) {
    for (Part part : parts) {
      part.write(numbering, connection, sequence, out);
    }
  }

  /** The text as it was written. */
  @Override
  public String toString() {
    return source;
  }
}
