package io.sounder.client.load.script;

import java.nio.ByteBuffer;

/** The same bytes in each request. */
record Literal(@SuppressWarnings("ArrayRecordComponent") byte[] bytes) implements Part {
  @Override
  public int maxBytes() {
    return bytes.length;
  }

  @Override
  public void write(Numbering numbering, int connection, long sequence, ByteBuffer out) {
    out.put(bytes);
  }

  boolean contains(int b) {
    for (byte each : bytes) {
      if (each == b) {
        return true;
      }
    }
    return false;
  }
}
