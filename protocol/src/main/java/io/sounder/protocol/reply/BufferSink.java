package io.sounder.protocol.reply;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A sink that gathers in memory and grows; reused from message to message by {@link #clear}. Not
 * thread-safe.
 */
public final class BufferSink implements ByteSink {
  private byte[] bytes;
  private int size;

  public BufferSink(int initialCapacity) {
    bytes = new byte[Math.max(16, initialCapacity)];
  }

  @Override
  public void put(ByteBuffer source) {
    int length = source.remaining();
    ensureRoom(length);
    source.get(bytes, size, length);
    size += length;
  }

  @Override
  public void put(byte[] source) {
    ensureRoom(source.length);
    System.arraycopy(source, 0, bytes, size, source.length);
    size += source.length;
  }

  @Override
  public void put(byte b) {
    ensureRoom(1);
    bytes[size++] = b;
  }

  @Override
  public void putInt(int value) {
    ensureRoom(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >> shift);
    }
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  /** A copy of what was gathered. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Puts what was gathered into a buffer, which must have room for it. */
  public void copyTo(ByteBuffer out) {
    out.put(bytes, 0, size);
  }

  /** A view of what was gathered, valid until the next put or clear. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  private void ensureRoom(int more) {
    if (more > bytes.length - size) {
      int needed = Math.addExact(size, more);
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * bytes.length)));
    }
  }
}
