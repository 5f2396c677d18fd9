package io.sounder.client.load.verify;

import java.nio.ByteBuffer;

/** Buffers that gather and grow. */
final class Buffers {
  private Buffers() {}

  /** The buffer itself if it has room for so many bytes more, or a larger copy. */
  static ByteBuffer withRoomFor(ByteBuffer gathered, int more) {
    if (gathered.remaining() >= more) {
      return gathered;
    }
    int needed = Math.addExact(gathered.position(), more);
    int capacity =
        (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * gathered.capacity()));
    return ByteBuffer.allocate(capacity).put(gathered.flip());
  }
}
