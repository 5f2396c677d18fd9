package io.sounder.client.net;

import io.sounder.client.message.FrameLimit;
import io.sounder.client.message.ReplyLimit;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.protocol.text.Escapes;
import java.nio.ByteBuffer;

/** Messages in datagrams, one in each. */
public final class DatagramMessages implements MessageLink {
  private static final int MAX_SHOWN_BYTES = 200;

  private final TargetSpec target;
  private final DatagramLink link;
  private final FrameWriter writer;
  private final Decoder decoder;
  private final BufferSink outgoing = new BufferSink(1024);
  private final Message place = new Message();
  private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

  public DatagramMessages(TargetSpec target, DatagramLink link) {
    this.target = target;
    this.link = link;
    Framing framing = target.conversation().framing();
    this.writer = new FrameWriter(framing);
    this.decoder = framing.newDecoder(ReplyLimit.maxReplyBytes(target.conversation()));
  }

  @Override
  public void send(ByteBuffer message) {
    FrameLimit.check(target.conversation(), message.remaining());
    outgoing.clear();
    writer.writeMessage(message, outgoing);
    link.send(outgoing.view());
  }

  @Override
  public Event receive(Deadline deadline) {
    buffer.clear();
    if (link.receive(buffer, deadline) == DatagramLink.NOTHING) {
      return Event.NOTHING;
    }
    buffer.flip();
    ByteBuffer whole = buffer.duplicate();
    if (decoder.decodeDatagram(buffer, place) != Decoder.Outcome.MESSAGE) {
      throw new ClientFailure(
          ErrorClass.PROTOCOL,
          "unreadable reply from "
              + target.endpoint()
              + ": "
              + ErrorClass.PROTOCOL.text()
              + ": a datagram of "
              + whole.remaining()
              + " bytes that is no message under framing="
              + target.conversation().framing().text()
              + ": '"
              + Escapes.show(whole, MAX_SHOWN_BYTES)
              + "'");
    }
    return Event.MESSAGE;
  }

  @Override
  public ByteBuffer message() {
    return buffer.duplicate().limit(place.end()).position(place.start());
  }

  /** Datagrams have no end. */
  @Override
  public boolean endSending() {
    return false;
  }

  @Override
  public void wakeup() {
    link.wakeup();
  }

  @Override
  public String remoteText() {
    return Addresses.text(link.remoteAddress());
  }

  @Override
  public void close() {
    link.close();
  }
}
