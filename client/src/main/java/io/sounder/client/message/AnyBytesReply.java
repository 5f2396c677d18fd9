package io.sounder.client.message;

import java.nio.ByteBuffer;

/** A reply of which only the size is known. */
final class AnyBytesReply implements ReplyMatcher {
  private final int size;
  private int taken;

  AnyBytesReply(int size) {
    this.size = size;
  }

  @Override
  public State take(ByteBuffer bytes) {
    int length = Math.min(bytes.remaining(), size - taken);
    bytes.position(bytes.position() + length);
    taken += length;
    return taken == size ? State.COMPLETE : State.PARTIAL;
  }

  @Override
  public String expected() {
    return size + " bytes";
  }
}
