package io.sounder.client.message;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** One line of JSON that names peer, local, listener and host; only its shape can be checked. */
final class WhoamiReply implements ReplyMatcher {
  private static final String TEXT = "\"(?:[^\"\\\\]|\\\\.)*\"";
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\{\"peer\":%1$s,\"local\":%1$s,\"listener\":%1$s,\"host\":%1$s\\}\n?".formatted(TEXT));
  private static final int MAX_BYTES = 64 << 10;

  private final boolean endsItsLine;
  private final ByteArrayOutputStream came = new ByteArrayOutputStream();

  /** A reply that ends with LF, or with the message. */
  WhoamiReply(boolean endsItsLine) {
    this.endsItsLine = endsItsLine;
  }

  @Override
  public State take(ByteBuffer bytes) {
    boolean ended = false;
    while (bytes.hasRemaining() && !ended && came.size() < MAX_BYTES) {
      byte b = bytes.get();
      came.write(b);
      ended = endsItsLine && b == '\n';
    }
    if (endsItsLine && !ended) {
      return came.size() < MAX_BYTES ? State.PARTIAL : State.MISMATCH;
    }
    boolean matches = SHAPE.matcher(came.toString(StandardCharsets.UTF_8)).matches();
    return matches ? State.COMPLETE : State.MISMATCH;
  }

  @Override
  public String expected() {
    return "'{\"peer\":…,\"local\":…,\"listener\":…,\"host\":…}'";
  }
}
