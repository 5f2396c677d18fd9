package io.sounder.server.tls;

import java.nio.ByteBuffer;
import tlschannel.BufferAllocator;

/**
 * The buffer for what was decrypted and found no room where it was to go. The library takes one
 * already for the handshake, puts nothing in it, and keeps it until it was used: so the first one
 * is tiny, and none of the pool's. Belongs to the connection's owner.
 */
final class PlainBuffers implements BufferAllocator {
  private static final int TINY_BYTES = 64;

  private final BufferSource source;
  private boolean isFirst = true;
  private int held; // two, while the library replaces one
  private int heldBytes; // of the pool's
  private ByteBuffer newest;

  PlainBuffers(BufferSource source) {
    this.source = source;
  }

  boolean isEmpty() {
    return newest == null || newest.position() == 0;
  }

  int heldBytes() {
    return heldBytes;
  }

  @Override
  public ByteBuffer allocate(int size) {
    if (isFirst) {
      isFirst = false;
      newest = ByteBuffer.allocate(TINY_BYTES);
    } else {
      newest = source.take(size);
      heldBytes += newest.capacity();
    }
    held++;
    return newest;
  }

  @Override
  public void free(ByteBuffer buffer) {
    held--;
    if (held == 0) {
      newest = null;
    }
    if (buffer.capacity() > TINY_BYTES) {
      heldBytes -= buffer.capacity();
      source.give(buffer);
    }
  }
}
