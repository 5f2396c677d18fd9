package io.sounder.protocol.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Backslash escapes, both ways: to show safely what a peer sent, and to type bytes that have no
 * key.
 */
public final class Escapes {
  private Escapes() {}

  /**
   * Bytes from a peer, fit for a log, a terminal or a page: control and format characters,
   * backslashes and whatever is not UTF-8 are escaped; other text is kept. {@link #parse} gives the
   * bytes back.
   *
   * @param maxBytes how much is shown; what was cut is said at the end
   */
  public static String show(ByteBuffer bytes, int maxBytes) {
    int start = bytes.position();
    int end = bytes.limit();
    int shownEnd = start + Math.min(end - start, maxBytes);
    StringBuilder shown = new StringBuilder(shownEnd - start + 16);
    for (int i = start; i < shownEnd; ) {
      long decoded = Utf8.at(bytes, i, end);
      int point = Utf8.codePoint(decoded);
      int length = Utf8.length(decoded);
      boolean malformed = point == Utf8.REPLACEMENT && length == 1;
      if (malformed || isUnsafe(point)) {
        appendEscaped(shown, bytes, i, length);
      } else if (point == '\\') {
        shown.append("\\\\");
      } else {
        shown.appendCodePoint(point);
      }
      i += length;
      shownEnd = Math.max(shownEnd, i); // a code point is shown whole
    }
    if (shownEnd < end) {
      shown.append("… (").append(end - shownEnd).append(" more bytes)");
    }
    return shown.toString();
  }

  /** Text from a peer or a peer's name, fit to be shown. */
  public static String show(String text) {
    return show(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), Integer.MAX_VALUE / 2);
  }

  /**
   * A message of ours that quotes foreign text, fit to be shown: what would end the line or steer a
   * terminal is escaped. Backslashes stay, so that doing it twice does no harm.
   */
  public static String oneLine(String message) {
    if (message.codePoints().noneMatch(Escapes::isUnsafe)) {
      return message;
    }
    StringBuilder shown = new StringBuilder(message.length() + 16);
    message
        .codePoints()
        .forEach(
            point -> {
              if (isUnsafe(point)) {
                ByteBuffer bytes = utf8(point);
                appendEscaped(shown, bytes, 0, bytes.limit());
              } else {
                shown.appendCodePoint(point);
              }
            });
    return shown.toString();
  }

  private static boolean isUnsafe(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE;
  }

  private static void appendEscaped(StringBuilder shown, ByteBuffer bytes, int index, int length) {
    for (int i = index; i < index + length; i++) {
      int value = bytes.get(i) & 0xff;
      switch (value) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        default ->
            shown
                .append("\\x")
                .append(Character.forDigit(value >> 4, 16))
                .append(Character.forDigit(value & 15, 16));
      }
    }
  }

  /**
   * The bytes of text in which {@code \n \r \t \0 \e \\ \" \'}, {@code \xHH} and {@code \}{@code
   * uHHHH} are escapes; the rest is UTF-8. Two {@code \}{@code uHHHH} can make a surrogate pair.
   *
   * @throws IllegalArgumentException for any other escape, with a message for the user
   */
  public static byte[] parse(String text) {
    return parse(text, 0, text.length());
  }

  /**
   * The bytes of a part of a text; a message about a wrong escape gives its place in the whole.
   *
   * @throws IllegalArgumentException as {@link #parse(String)} does
   */
  public static byte[] parse(String text, int start, int end) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point != '\\') {
        bytes.writeBytes(utf8(point).array());
        continue;
      }
      String kind = i < end ? Character.toString(text.codePointAt(i)) : "";
      i += kind.length();
      switch (kind) {
        case "n" -> bytes.write('\n');
        case "r" -> bytes.write('\r');
        case "t" -> bytes.write('\t');
        case "0" -> bytes.write(0);
        case "e" -> bytes.write(0x1b);
        case "\\", "\"", "'" -> bytes.write(kind.charAt(0));
        case "x" -> {
          bytes.write(hex(text, i, end, 2));
          i += 2;
        }
        case "u" -> {
          int escaped = codePoint(text, i, end);
          bytes.writeBytes(utf8(escaped).array());
          i +=
              Character.isBmpCodePoint(escaped)
                  ? 4
                  : 10; // a pair is two of four digits and what is between
        }
        default ->
            throw new IllegalArgumentException(
                "'\\"
                    + oneLine(kind)
                    + "' is no escape; known are \\n \\r \\t \\0 \\e \\\\ \\\" \\' \\xHH \\uHHHH"
                    + place(i - kind.length() - 1));
      }
    }
    return bytes.toByteArray();
  }

  /** The code point of 4 digits, or of a surrogate pair that begins with them. */
  private static int codePoint(String text, int start, int end) {
    int first = hex(text, start, end, 4);
    if (!Character.isSurrogate((char) first)) {
      return first;
    }
    if (Character.isHighSurrogate((char) first) && text.startsWith("\\u", start + 4)) {
      int second = hex(text, start + 6, end, 4);
      if (Character.isLowSurrogate((char) second)) {
        return Character.toCodePoint((char) first, (char) second);
      }
    }
    throw new IllegalArgumentException(
        "'\\u"
            + text.substring(start, start + 4)
            + "' is half of a surrogate pair"
            + place(start - 2));
  }

  private static int hex(String text, int start, int end, int digits) {
    int value = 0;
    for (int i = start; i < start + digits; i++) {
      char c = i < end ? text.charAt(i) : 0;
      int digit = c < 0x80 ? Character.digit(c, 16) : -1; // other scripts have digits too
      if (digit < 0) {
        throw new IllegalArgumentException(
            "'\\"
                + text.charAt(start - 1)
                + "' must be followed by "
                + digits
                + " hexadecimal digits"
                + place(start - 2));
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static String place(int index) {
    return " (at character " + (index + 1) + ")";
  }

  private static ByteBuffer utf8(int point) {
    return ByteBuffer.wrap(Character.toString(point).getBytes(StandardCharsets.UTF_8));
  }
}
