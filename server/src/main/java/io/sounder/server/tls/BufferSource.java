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
}
