package io.sounder.server.worker;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Buffers for remainders: what a connection could not write, or cannot decode yet. Small ones are
 * direct and come back to the pool; what exceeds {@link #LARGEST_POOLED} is on the heap and left to
 * the garbage collector. Thread-safe; never blocks.
 */
public final class BufferPool {
  /** The size of a thread's own buffers, and so the most that is left over from one read. */
  public static final int LARGEST_POOLED = 64 << 10;

  private static final int SMALLEST = 1 << 10;
  private static final int BYTES_KEPT_PER_SIZE =
      4 << 20; // what idle buffers of one size may hold on to

  private final ArrayBlockingQueue<ByteBuffer>[] free;

  @SuppressWarnings({"unchecked", "rawtypes"})
  public BufferPool() {
    free = new ArrayBlockingQueue[index(LARGEST_POOLED) + 1];
    for (int i = 0; i < free.length; i++) {
      free[i] = new ArrayBlockingQueue<>(BYTES_KEPT_PER_SIZE / (SMALLEST << i));
    }
  }

  /** An empty buffer with room for at least so many bytes. */
  public ByteBuffer take(int minBytes) {
    if (minBytes > LARGEST_POOLED) {
      return ByteBuffer.allocate(minBytes);
    }
    int index = index(minBytes);
    ByteBuffer pooled = free[index].poll();
    return pooled != null ? pooled.clear() : ByteBuffer.allocateDirect(SMALLEST << index);
  }

  /** Gives a buffer back, which must not be used after that. */
  public void give(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      free[index(buffer.capacity())].offer(buffer); // full: left to the garbage collector
    }
  }

  /** The same content, position kept, in a buffer with room for at least so many bytes. */
  public ByteBuffer grow(ByteBuffer written, int minBytes) {
    ByteBuffer larger = take(minBytes);
    larger.put(written.flip());
    give(written);
    return larger;
  }

  /** 0 for the smallest size, one more for each doubling. */
  private static int index(int bytes) {
    return bytes <= SMALLEST
        ? 0
        : Integer.SIZE - Integer.numberOfLeadingZeros((bytes - 1) / SMALLEST);
  }
}
