package io.sounder.protocol.reply;

import java.nio.ByteBuffer;

/**
 * Where reply bytes go, in order. Implementations decide whether they are gathered, sent or
 * compared.
 */
public interface ByteSink {
  /** Takes all that remains in the buffer, and leaves its position at its limit. */
  void put(ByteBuffer bytes);

  void put(byte[] bytes);

  void put(byte b);

  /** Puts 4 bytes, big-endian. */
  void putInt(int value);
}
