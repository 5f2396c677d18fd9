package io.sounder.chaos;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.protocol.framing.Framing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a client was given of an echo, put back into the bytes that it must have been. */
final class Heard {
  private final Talk talk;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int messages;
  private ClientFailure failure;

  Heard(Talk talk) {
    this.talk = talk;
  }

  /** Takes what the client hands out: a message, or under {@code raw} a piece. */
  void take(ByteBuffer message) {
    byte[] content = new byte[message.remaining()];
    message.get(message.position(), content);
    if (talk.framing() == Framing.LENGTH) {
      bytes.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    }
    bytes.writeBytes(content);
    boolean isWhole =
        talk.framing() != Framing.RAW && Arrays.equals(content, talk.message(messages + 1));
    if (isWhole) {
      messages++;
      if (talk.framing() == Framing.LINE) {
        bytes.write('\n');
      }
    }
  }

  void fail(ClientFailure cause) {
    failure = cause;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** How many whole messages. */
  int messages() {
    return messages;
  }

  /** What the client said of it; null if it found nothing wrong. */
  ClientFailure failure() {
    return failure;
  }

  /** Whether all of it came. */
  boolean isAll() {
    return bytes.size() == talk.wire().length;
  }
}
