package io.sounder.server.worker;

import io.sounder.protocol.reply.ByteSink;
import java.nio.ByteBuffer;

/**
 * Gathers one reply apart, in a buffer that counts as what its connection holds: a message of some
 * bytes may ask for a reply of gigabytes. Belongs to one thread.
 */
final class PooledSink implements ByteSink {
  /** Two copies fit in one buffer. */
  private static final int MOST_BYTES = Integer.MAX_VALUE / 2;

  private final BufferPool pool;
  private ByteBuffer gathered; // null between replies

  PooledSink(BufferPool pool) {
    this.pool = pool;
  }

  /**
   * Begins a reply; {@link #end} must follow.
   *
   * @throws BufferPool.BudgetExceeded as every put does, if connections hold too much already
   */
  void begin() {
    gathered = pool.take(0);
  }

  /** What was gathered, valid until the next put or the end. */
  ByteBuffer view() {
    return gathered.duplicate().flip();
  }

  /** Gives the buffer back. */
  void end() {
    if (gathered != null) {
      pool.give(gathered);
      gathered = null;
    }
  }

  @Override
  public void put(ByteBuffer bytes) {
    makeRoom(bytes.remaining());
    gathered.put(bytes);
  }

  @Override
  public void put(byte[] bytes) {
    makeRoom(bytes.length);
    gathered.put(bytes);
  }

  @Override
  public void put(byte b) {
    makeRoom(1);
    gathered.put(b);
  }

  @Override
  public void putInt(int value) {
    makeRoom(Integer.BYTES);
    gathered.putInt(value);
  }

  private void makeRoom(int more) {
    if (gathered.remaining() >= more) {
      return;
    }
    long needed = (long) gathered.position() + more;
    if (needed > MOST_BYTES) {
      throw new BufferPool.BudgetExceeded(needed, MOST_BYTES);
    }
    long roomy = Math.min(MOST_BYTES, 2L * gathered.capacity());
    gathered = pool.grow(gathered, (int) Math.max(needed, roomy));
  }
}
