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
    int shownEnd = Math.min(end, start + maxBytes);
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
   * uHHHH} are escapes; the rest is UTF-8.
   *
   * @throws IllegalArgumentException for any other escape, with a message for the user
   */
  public static byte[] parse(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point != '\\') {
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      char kind = i < text.length() ? text.charAt(i) : 0;
      i++;
      switch (kind) {
        case 'n' -> bytes.write('\n');
        case 'r' -> bytes.write('\r');
        case 't' -> bytes.write('\t');
        case '0' -> bytes.write(0);
        case 'e' -> bytes.write(0x1b);
        case '\\', '"', '\'' -> bytes.write(kind);
        case 'x' -> {
          bytes.write(hex(text, i, 2));
          i += 2;
        }
        case 'u' -> {
          bytes.writeBytes(Character.toString(hex(text, i, 4)).getBytes(StandardCharsets.UTF_8));
          i += 4;
        }
        default ->
            throw new IllegalArgumentException(
                "'\\"
                    + (kind == 0 ? "" : kind)
                    + "' is no escape; known are \\n \\r \\t \\0 \\e \\\\ \\\" \\' \\xHH \\uHHHH");
      }
    }
    return bytes.toByteArray();
  }

  private static int hex(String text, int start, int digits) {
    int value = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        throw new IllegalArgumentException(
            "'\\"
                + text.charAt(start - 1)
                + "' must be followed by "
                + digits
                + " hexadecimal digits");
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
