package io.sounder.client.wire;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import tlschannel.BufferAllocator;

/**
 * Buffers for encrypted records, used again and again: a connection has one only while a record is
 * on its way through. Any thread.
 */
final class RecordBuffers implements BufferAllocator {
  /** Holds the longest record (RFC 8446, section 5.2), as the library counts it. */
  private static final int BYTES = 17 << 10;

  private static final int MOST_KEPT = 1024; // 17 MiB, after thousands had half a record each

  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

  @Override
  public synchronized ByteBuffer allocate(int bytes) {
    if (bytes > BYTES) {
      return ByteBuffer.allocateDirect(bytes);
    }
    ByteBuffer buffer = free.poll();
    return buffer == null ? ByteBuffer.allocateDirect(BYTES) : buffer;
  }

  @Override
  public synchronized void free(ByteBuffer buffer) {
    if (buffer.capacity() == BYTES && free.size() < MOST_KEPT) {
      free.push(buffer.clear());
    }
  }
}
