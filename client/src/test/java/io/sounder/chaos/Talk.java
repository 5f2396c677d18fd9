package io.sounder.chaos;

import io.sounder.client.exchange.Exchange;
import io.sounder.client.exchange.InputSource;
import io.sounder.client.exchange.MessageSource;
import io.sounder.client.exchange.TextSource;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.framing.Framing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * What a client says to an echo: under {@code raw} a piece of input, as {@code send TARGET -} does,
 * under a framing numbered texts, as {@code send TARGET TEXT --repeat N} does. The same bytes go
 * both ways.
 */
final class Talk {
  static final List<Framing> FRAMINGS = List.of(Framing.RAW, Framing.LINE, Framing.LENGTH);

  private static final int MOST_MESSAGES = 30;
  private static final int MOST_TEXT_BYTES = 400;

  private final Framing framing;
  private final int messages;
  private final String text;
  private final byte[] wire;

  private Talk(Framing framing, int messages, String text, byte[] wire) {
    this.framing = framing;
    this.messages = messages;
    this.text = text;
    this.wire = wire;
  }

  static Talk draw(Random random) {
    Framing framing = FRAMINGS.get(random.nextInt(FRAMINGS.size()));
    if (framing == Framing.RAW) {
      int[] sizes = {200, 5_000, 150_000}; // the last is more than the client sends at once
      byte[] input = new byte[1 + random.nextInt(sizes[random.nextInt(sizes.length)])];
      random.nextBytes(input);
      return new Talk(framing, 0, "", input);
    }
    int messages = 1 + random.nextInt(MOST_MESSAGES);
    String padding = "x".repeat(random.nextInt(MOST_TEXT_BYTES));
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int i = 1; i <= messages; i++) {
      wire.writeBytes(framed(framing, bytes(i + padding)));
    }
    return new Talk(framing, messages, "{n}" + padding, wire.toByteArray());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] framed(Framing framing, byte[] message) {
    return switch (framing) {
      case LINE -> ByteBuffer.allocate(message.length + 1).put(message).put((byte) '\n').array();
      case LENGTH ->
          ByteBuffer.allocate(message.length + 4).putInt(message.length).put(message).array();
      case RAW, LENGTH_LE -> message;
    };
  }

  Framing framing() {
    return framing;
  }

  /** The bytes that go up, and come down if nothing goes wrong. */
  byte[] wire() {
    return wire.clone();
  }

  /** How many messages that are; 0 under {@code raw}. */
  int messages() {
    return messages;
  }

  /** The message of that number, from 1. */
  byte[] message(int number) {
    return bytes(text.replace("{n}", Integer.toString(number)));
  }

  MessageSource source(TargetSpec target) {
    return framing == Framing.RAW
        ? InputSource.forTarget(new ByteArrayInputStream(wire), target)
        : new TextSource(text, false, messages, 1, 0);
  }

  Exchange.Ending ending(long waitNanos) {
    return new Exchange.Ending(Exchange.ANY, waitNanos, framing == Framing.RAW, true);
  }

  @Override
  public String toString() {
    return framing.text() + ", " + wire.length + " bytes in " + messages + " messages";
  }
}
