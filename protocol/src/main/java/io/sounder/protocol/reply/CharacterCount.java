package io.sounder.protocol.reply;

import io.sounder.protocol.text.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * {@code You entered N characters. }: Unicode code points, white space at both ends not counted.
 */
final class CharacterCount implements Reply {
  private static final byte[] BEFORE = "You entered ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER = " characters. ".getBytes(StandardCharsets.US_ASCII);

  private final boolean endsItsLine;

  CharacterCount(boolean endsItsLine) {
    this.endsItsLine = endsItsLine;
  }

  @Override
  public int length(ByteBuffer message, Exchange exchange) {
    return BEFORE.length
        + Decimal.length(characters(message))
        + AFTER.length
        + (endsItsLine ? 1 : 0);
  }

  @Override
  public void write(ByteBuffer message, Exchange exchange, ByteSink out) {
    out.put(BEFORE);
    Decimal.write(characters(message), out);
    out.put(AFTER);
    if (endsItsLine) {
      out.put((byte) '\n');
    }
  }

  private static int characters(ByteBuffer message) {
    return Utf8.strippedLength(message, message.position(), message.limit());
  }
}
