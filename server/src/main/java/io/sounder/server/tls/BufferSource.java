package io.sounder.server.tls;

import java.nio.ByteBuffer;

/** Where buffers come from and go back to. Any thread; never blocks. */
public interface BufferSource {
  /**
   * An empty buffer with room for at least so many bytes.
   *
   * @throws RuntimeException if none can be had: it costs the connection
   */
  ByteBuffer take(int minBytes);

  /** Takes a buffer back, which must not be used after that. */
  void give(ByteBuffer buffer);

  /**
   * Counts memory that is not a buffer like one that is lent.
   *
   * @throws RuntimeException if there is not so much left: it costs the connection
   */
  void charge(int bytes);

  /** Counts so much of it no longer. */
  void refund(int bytes);
}
