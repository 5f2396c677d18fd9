package io.sounder.protocol;

import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.Decoder.Outcome;
import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.protocol.reply.FixedExchange;
import io.sounder.protocol.reply.Reply;
import io.sounder.protocol.reply.Template;
import java.nio.ByteBuffer;

/** A listener without a socket: what the protocol alone decides about the bytes on the wire. */
public final class PureListener {
  private final Conversation conversation;
  private final Scheme scheme;
  private final String place;

  public PureListener(String listener) {
    ListenerSpec spec = ListenerSpec.parse(listener);
    conversation = spec.conversation();
    scheme = spec.endpoint().scheme();
    place = spec.endpoint().toString();
  }

  /** All greetings, as often as asked. */
  public byte[] greetings() {
    FrameWriter writer = new FrameWriter(conversation.framing());
    BufferSink out = new BufferSink(64);
    long number = 0;
    for (int i = 0; i < conversation.greetingRepeat(); i++) {
      for (Template greeting : conversation.greetings()) {
        FixedExchange exchange = exchange(++number);
        writer.writeHeader(greeting.length(exchange), out);
        greeting.write(exchange, out);
      }
    }
    return out.toByteArray();
  }

  /** What comes back for these bytes, after which the stream ends; or for this datagram. */
  public byte[] answer(byte[] sent) {
    Decoder decoder = conversation.framing().newDecoder(conversation.maxFrameBytes());
    BufferSink out = new BufferSink(64);
    ByteBuffer bytes = ByteBuffer.wrap(sent);
    Message message = new Message();
    if (!scheme.isStream()) {
      reply(decoder.decodeDatagram(bytes, message), bytes, message, 1, out);
      return out.toByteArray();
    }
    int number = 1;
    while (reply(decoder.decode(bytes, message), bytes, message, number, out)) {
      number++;
    }
    reply(decoder.finish(bytes, message), bytes, message, number, out);
    return out.toByteArray();
  }

  private boolean reply(
      Outcome outcome, ByteBuffer bytes, Message message, int number, BufferSink out) {
    if (outcome != Outcome.MESSAGE) {
      return false;
    }
    Reply reply = conversation.newReply(scheme);
    new FrameWriter(conversation.framing())
        .writeReply(reply, bytes.duplicate(), message, exchange(number), out);
    return true;
  }

  private FixedExchange exchange(long number) {
    return new FixedExchange(place, number, FixedExchange.NEW_YEAR_1976);
  }
}
