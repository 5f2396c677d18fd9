package io.sounder.protocol.endpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding (RFC 3986, section 2.1), except that {@code +}, {@code #}, blanks and non-ASCII
 * stand for themselves.
 */
final class PercentCode {
  private PercentCode() {}

  /** The bytes that the text stands for, characters as UTF-8. */
  static byte[] toBytes(String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        decoded.write(raw[i]);
        continue;
      }
      int high = i + 1 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new EndpointException(
            "a % must be followed by two hexadecimal digits (a plain % is written %25) in '"
                + text
                + "'");
      }
      decoded.write(high << 4 | low);
      i += 2;
    }
    return decoded.toByteArray();
  }

  /** The same as text; what does not decode to UTF-8 is an error. */
  static String toText(String text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(toBytes(text))).toString();
    } catch (CharacterCodingException e) {
      throw new EndpointException("'" + text + "' does not decode to UTF-8");
    }
  }
}
