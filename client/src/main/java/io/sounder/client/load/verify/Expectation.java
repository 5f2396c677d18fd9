package io.sounder.client.load.verify;

import java.nio.ByteBuffer;

/** The bytes that are expected back for each request, made when they are needed. */
public interface Expectation {
  /** The size of the whole reply on the wire, in bytes. */
  int length(int connection, long sequence);

  /**
   * Compares, and advances the buffer's position over all that is as it should be.
   *
   * @param from where in the reply the buffer's first byte belongs
   * @return how many bytes are right; fewer than there are only at the reply's end, or before a
   *     wrong one
   */
  int match(int connection, long sequence, int from, ByteBuffer in);

  /** Puts a part of the reply; the buffer must have room for it. */
  void write(int connection, long sequence, int from, int length, ByteBuffer out);
}
