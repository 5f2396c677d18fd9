package io.sounder.client.cli;

import io.sounder.protocol.text.Escapes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * A stream of bytes as text for a terminal. Line ends stay line ends; other control characters and
 * what is not UTF-8 are escaped. A character that is cut by a read is held back until it is whole.
 */
public final class ShownText {
  private static final int MAX_CONTINUATION_BYTES = 3; // of one UTF-8 character

  private final ByteArrayOutputStream heldBack = new ByteArrayOutputStream();

  /** The next bytes, as far as they are whole characters. */
  public String next(ByteBuffer bytes) {
    byte[] all = withHeldBack(bytes);
    int end = all.length - cutOffAtEnd(all);
    heldBack.write(all, end, all.length - end);
    return show(all, end);
  }

  /** What was held back, when nothing more follows it. */
  public String rest() {
    byte[] all = withHeldBack(ByteBuffer.allocate(0));
    return show(all, all.length);
  }

  private byte[] withHeldBack(ByteBuffer bytes) {
    byte[] fresh = new byte[bytes.remaining()];
    bytes.duplicate().get(fresh);
    heldBack.writeBytes(fresh);
    byte[] all = heldBack.toByteArray();
    heldBack.reset();
    return all;
  }

  private static String show(byte[] bytes, int end) {
    StringBuilder text = new StringBuilder(end + 16);
    int lineStart = 0;
    for (int i = 0; i < end; i++) {
      if (bytes[i] == '\n') {
        int lineEnd = i > lineStart && bytes[i - 1] == '\r' ? i - 1 : i;
        text.append(showLine(bytes, lineStart, lineEnd)).append('\n');
        lineStart = i + 1;
      }
    }
    return text.append(showLine(bytes, lineStart, end)).toString();
  }

  private static String showLine(byte[] bytes, int start, int end) {
    return Escapes.show(ByteBuffer.wrap(bytes, start, end - start), Integer.MAX_VALUE / 2);
  }

  /** How many bytes at the end may yet become a character, or the CR of a line end. */
  private static int cutOffAtEnd(byte[] bytes) {
    if (bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
      return 1;
    }
    for (int back = 1; back <= Math.min(MAX_CONTINUATION_BYTES, bytes.length); back++) {
      int value = bytes[bytes.length - back] & 0xff;
      if (value >= 0xC0) {
        int needed = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
        return needed > back ? back : 0;
      }
      if (value < 0x80) {
        return 0;
      }
    }
    return 0;
  }
}
