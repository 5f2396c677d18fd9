package io.sounder.protocol.reply;

import java.nio.ByteBuffer;

/** The message. */
final class Echo implements Reply {
  @Override
  public int length(ByteBuffer message, Exchange exchange) {
    return message.remaining();
  }

  @Override
  public void write(ByteBuffer message, Exchange exchange, ByteSink out) {
    out.put(message);
  }

  @Override
  public boolean carriesRequest() {
    return true;
  }
}
