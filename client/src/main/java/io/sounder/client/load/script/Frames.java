package io.sounder.client.load.script;

import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.Framing;

/**
 * How replies stand on the wire.
 *
 * @param maxBytes the longest that is let through
 */
record Frames(Framing framing, int maxBytes) {
  /** How much longer than a request a reply may be. */
  private static final int ALLOWANCE_BYTES = 64 << 10;

  /**
   * Those of a target.
   *
   * @param expectedBytes the longest reply that is expected
   */
  static Frames of(Conversation conversation, int expectedBytes) {
    int most = Math.max(conversation.maxFrameBytes() + ALLOWANCE_BYTES, expectedBytes);
    return new Frames(conversation.framing(), most);
  }

  Decoder newDecoder() {
    return framing.newDecoder(maxBytes);
  }
}
