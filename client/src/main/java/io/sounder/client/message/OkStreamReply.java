package io.sounder.client.message;

import io.sounder.protocol.reply.Ok;
import io.sounder.protocol.text.Escapes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The reply {@code ok} on a stream without framing: the server may have read the message in pieces,
 * and each piece has its own {@code OK...} before it. Where the message is cut is not known, so it
 * is compared without any of them; complete when all of the message is back.
 */
final class OkStreamReply implements ReplyMatcher {
  private static final byte[] PREFIX = Ok.PREFIX.getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_SHOWN_BYTES = 200;

  private final byte[] message;
  private int matched; // bytes of the message that are back
  private int prefixSeen; // bytes of the OK... that has begun
  private boolean begun;

  OkStreamReply(byte[] message) {
    this.message = message;
  }

  @Override
  public State take(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !isComplete()) {
      if (!takeByte(bytes.get(bytes.position()))) {
        return State.MISMATCH;
      }
      bytes.get();
    }
    return isComplete() ? State.COMPLETE : State.PARTIAL;
  }

  private boolean isComplete() {
    return begun && matched == message.length && prefixSeen == 0;
  }

  private boolean takeByte(byte b) {
    if (prefixSeen > 0 || !begun) {
      if (b == PREFIX[prefixSeen]) {
        advancePrefix();
        return true;
      }
      return begun && giveBackPrefix() && takeByte(b);
    }
    if (b == message[matched]) {
      matched++;
      return true;
    }
    if (b == PREFIX[0]) {
      advancePrefix();
      return true;
    }
    return false;
  }

  private void advancePrefix() {
    prefixSeen++;
    if (prefixSeen == PREFIX.length) {
      prefixSeen = 0;
      begun = true;
    }
  }

  /** What looked like a prefix was text: possible only where the message has it. */
  private boolean giveBackPrefix() {
    int length = prefixSeen;
    prefixSeen = 0;
    boolean isText =
        matched + length <= message.length
            && Arrays.equals(message, matched, matched + length, PREFIX, 0, length);
    matched += isText ? length : 0;
    return isText;
  }

  @Override
  public String expected() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(PREFIX);
    whole.writeBytes(message);
    return "'" + Escapes.show(ByteBuffer.wrap(whole.toByteArray()), MAX_SHOWN_BYTES) + "'";
  }
}
