package io.sounder.protocol.reply;

import java.nio.ByteBuffer;

/** Nothing. */
final class Discard implements Reply {
  @Override
  public int length(ByteBuffer message, Exchange exchange) {
    return 0;
  }

  @Override
  public void write(ByteBuffer message, Exchange exchange, ByteSink out) {}

  @Override
  public boolean isSilent() {
    return true;
  }
}
