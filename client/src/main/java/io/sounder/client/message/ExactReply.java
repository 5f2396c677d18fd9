package io.sounder.client.message;

import io.sounder.protocol.text.Escapes;
import java.nio.ByteBuffer;

/** A reply whose every byte is known. */
final class ExactReply implements ReplyMatcher {
  private static final int MAX_SHOWN_BYTES = 200;

  private final ByteBuffer left;
  private final ByteBuffer whole;

  ExactReply(byte[] reply) {
    left = ByteBuffer.wrap(reply);
    whole = left.duplicate();
  }

  @Override
  public State take(ByteBuffer bytes) {
    int length = Math.min(bytes.remaining(), left.remaining());
    ByteBuffer came = bytes.duplicate().limit(bytes.position() + length);
    ByteBuffer due = left.duplicate().limit(left.position() + length);
    if (!came.equals(due)) {
      return State.MISMATCH;
    }
    bytes.position(bytes.position() + length);
    left.position(left.position() + length);
    return left.hasRemaining() ? State.PARTIAL : State.COMPLETE;
  }

  @Override
  public String expected() {
    return "'" + Escapes.show(whole.duplicate(), MAX_SHOWN_BYTES) + "'";
  }
}
