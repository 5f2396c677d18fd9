package io.sounder.protocol.reply;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** {@code OK...} and the message. */
public final class Ok implements Reply {
  /** What stands before each message. */
  public static final String PREFIX = "OK...";

  private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);

  Ok() {}

  @Override
  public int length(ByteBuffer message, Exchange exchange) {
    return PREFIX_BYTES.length + message.remaining();
  }

  @Override
  public void write(ByteBuffer message, Exchange exchange, ByteSink out) {
    out.put(PREFIX_BYTES);
    out.put(message);
  }

  @Override
  public boolean carriesRequest() {
    return true;
  }
}
