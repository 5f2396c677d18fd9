package io.sounder.client.load.script;

import io.sounder.protocol.endpoint.EndpointException;
import io.sounder.protocol.endpoint.Units;
import io.sounder.protocol.text.Escapes;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What has to come back for each request, as {@code --expect} says it. Immutable. */
public sealed interface ReplyRule {
  /** Exactly this text. */
  record Exact(TextTemplate text) implements ReplyRule {}

  /** What a regular expression matches; a character of it is a byte. */
  record Regex(Pattern pattern) implements ReplyRule {}

  /** So many bytes. */
  record Length(int bytes) implements ReplyRule {}

  /** Everything up to these bytes, and with them. */
  record Until(@SuppressWarnings("ArrayRecordComponent") byte[] terminator) implements ReplyRule {}

  /** Nothing. */
  record None() implements ReplyRule {}

  /** The most bytes that a reply of a known length may have. */
  int MAX_LENGTH_BYTES = 1 << 30;

  /** How much of a wrong expression an error shows. */
  int MAX_SHOWN = 60;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with a message for the user: what is wrong, where, and what is
   *     allowed
   */
  static ReplyRule parse(String spec) {
    if (spec.equals("none")) {
      return new None();
    }
    int colon = spec.indexOf(':');
    String kind = colon < 0 ? "" : spec.substring(0, colon);
    String value = spec.substring(colon + 1);
    return switch (kind) {
      case "text" -> new Exact(TextTemplate.compile(value));
      case "re" -> new Regex(regex(value));
      case "length" -> new Length(length(value));
      case "until" -> new Until(terminator(value));
      default -> new Exact(TextTemplate.compile(spec));
    };
  }

  /** Characters outside ASCII stand for their UTF-8 bytes, as they do in a text. */
  private static Pattern regex(String value) {
    String bytes = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    try {
      return Pattern.compile(bytes, Pattern.UNIX_LINES);
    } catch (PatternSyntaxException e) {
      String place = e.getIndex() < 0 ? "" : " near character " + (e.getIndex() + 1);
      String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
      throw new IllegalArgumentException(
          "re:" + shown + " is no regular expression: " + e.getDescription() + place, e);
    }
  }

  private static int length(String value) {
    try {
      long bytes = Units.sizeBytes(value);
      if (bytes <= MAX_LENGTH_BYTES) {
        return (int) bytes;
      }
    } catch (EndpointException e) {
      throw new IllegalArgumentException("length:N: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        "length:" + value + " is out of range; allowed is up to 1GiB");
  }

  private static byte[] terminator(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "until: needs the bytes that a reply ends with, such as until:\\r\\n");
    }
    return Escapes.parse(value);
  }
}
