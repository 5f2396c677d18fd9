package io.sounder.client.message;

import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.Units;
import io.sounder.protocol.framing.Framing;

/** How long a message to a target may be. */
public final class FrameLimit {
  private FrameLimit() {}

  /**
   * Refuses a message that the target would close for.
   *
   * @throws UsageException if it is longer than {@code max-frame}
   */
  public static void check(Conversation conversation, int messageBytes) {
    if (conversation.framing() != Framing.RAW && messageBytes > conversation.maxFrameBytes()) {
      throw new UsageException(
          "a message of "
              + messageBytes
              + " bytes is longer than max-frame="
              + Units.sizeText(conversation.maxFrameBytes())
              + "; give a larger max-frame, on both sides");
    }
  }
}
