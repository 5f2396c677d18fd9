package io.sounder.server.tls;

import java.nio.ByteBuffer;
import tlschannel.BufferAllocator;

/**
 * The buffers for what is encrypted, each way. The library frees them as soon as they are empty, so
 * what is held also tells whether something is left over. Belongs to the connection's owner.
 */
final class CipherBuffers implements BufferAllocator {
  private final BufferSource source;
  private int heldBytes;

  CipherBuffers(BufferSource source) {
    this.source = source;
  }

  boolean isEmpty() {
    return heldBytes == 0;
  }

  int heldBytes() {
    return heldBytes;
  }

  @Override
  public ByteBuffer allocate(int size) {
    ByteBuffer buffer = source.take(size);
    heldBytes += buffer.capacity();
    return buffer;
  }

  @Override
  public void free(ByteBuffer buffer) {
    heldBytes -= buffer.capacity();
    source.give(buffer);
  }
}
