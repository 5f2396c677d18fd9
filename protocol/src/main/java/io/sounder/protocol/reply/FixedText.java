package io.sounder.protocol.reply;

import java.nio.ByteBuffer;

/** A fixed text, its placeholders filled in. */
final class FixedText implements Reply {
  private final Template text;

  FixedText(Template text) {
    this.text = text;
  }

  @Override
  public int length(ByteBuffer message, Exchange exchange) {
    return text.length(exchange);
  }

  @Override
  public void write(ByteBuffer message, Exchange exchange, ByteSink out) {
    text.write(exchange, out);
  }
}
