package io.sounder.client.net;

import io.sounder.client.message.ExpectedGreetings;
import io.sounder.client.message.FrameLimit;
import io.sounder.client.message.ReplyLimit;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.BufferSink;
import java.nio.ByteBuffer;

/**
 * Messages on a stream, as its framing cuts them. Expected greetings are taken off and checked.
 * Under {@code raw} a message is what one read gives.
 */
public final class StreamMessages implements MessageLink {
  private static final int READ_BYTES = 64 << 10;

  /** A peer that takes nothing for so long is given up. */
  private static final long SEND_STALL_NANOS = 60_000_000_000L;

  private final TargetSpec target;
  private final StreamConnection connection;
  private final ExpectedGreetings greetings;
  private final Framing framing;
  private final FrameWriter writer;
  private final BufferSink outgoing = new BufferSink(1024);
  private final Decoder decoder;
  private final Message place = new Message();
  private ByteBuffer buffer =
      ByteBuffer.allocate(READ_BYTES).limit(0); // between the reads: to be decoded
  private boolean ended;

  public StreamMessages(TargetSpec target, StreamConnection connection) {
    this.target = target;
    this.connection = connection;
    this.greetings = new ExpectedGreetings(target);
    this.framing = target.conversation().framing();
    this.writer = new FrameWriter(framing);
    this.decoder = framing.newDecoder(ReplyLimit.maxReplyBytes(target.conversation()));
  }

  @Override
  public void send(ByteBuffer message) {
    FrameLimit.check(target.conversation(), message.remaining());
    outgoing.clear();
    writer.writeMessage(message, outgoing);
    ByteBuffer bytes = outgoing.view();
    while (bytes.hasRemaining()) {
      int before = bytes.remaining();
      connection.write(bytes, Deadline.after(NanoClock.SYSTEM, SEND_STALL_NANOS));
      if (bytes.remaining() == before) {
        throw failure(
            ErrorClass.REPLY_TIMEOUT,
            "cannot send to ",
            "it takes nothing since " + Units.durationText(SEND_STALL_NANOS));
      }
    }
  }

  @Override
  public Event receive(Deadline deadline) {
    while (true) {
      if (decodeOne()) {
        return Event.MESSAGE;
      }
      if (ended) {
        return atEnd();
      }
      makeRoom();
      int read = connection.read(buffer, deadline);
      buffer.flip();
      if (read == 0) {
        return Event.NOTHING;
      }
      ended = read == StreamConnection.END;
    }
  }

  /** Decodes the next message that is no greeting, if it is there whole. */
  private boolean decodeOne() {
    if (!framing.hasHeader() && !greetings.areDone()) {
      greetings.takeFromStream(buffer);
    }
    while (true) {
      switch (decoder.decode(buffer, place)) {
        case MESSAGE -> {
          if (greetings.areDone()) {
            return true;
          }
          greetings.takeMessage(message());
        }
        case TOO_LONG ->
            throw failure(
                ErrorClass.PROTOCOL,
                "unreadable reply from ",
                "a message longer than "
                    + Units.sizeText(ReplyLimit.maxReplyBytes(target.conversation()))
                    + " under framing="
                    + framing.text()
                    + "; give a larger max-frame, or another framing");
        case INCOMPLETE, TRUNCATED -> {
          return false;
        }
      }
    }
  }

  private Event atEnd() {
    int left = buffer.remaining();
    return switch (decoder.finish(buffer, place)) {
      case MESSAGE -> Event.MESSAGE;
      case TRUNCATED, TOO_LONG ->
          throw failure(
              ErrorClass.CLOSED_EARLY,
              "incomplete reply from ",
              "the connection ended inside a message, after " + left + " bytes of its frame");
      case INCOMPLETE -> {
        if (!greetings.areDone()) {
          throw failure(
              ErrorClass.CLOSED_EARLY,
              "incomplete greeting from ",
              "the connection ended before all of it had come");
        }
        yield Event.END;
      }
    };
  }

  /** Leaves the buffer ready to be read into, what is undecoded in front. */
  private void makeRoom() {
    int needed = Math.max(READ_BYTES, decoder.bytesNeeded(buffer));
    if (buffer.capacity() < needed) {
      buffer = ByteBuffer.allocate(Math.max(needed, 2 * buffer.capacity())).put(buffer);
    } else {
      buffer.compact();
    }
  }

  private ClientFailure failure(ErrorClass errorClass, String what, String why) {
    return new ClientFailure(
        errorClass, what + target.endpoint() + ": " + errorClass.text() + ": " + why);
  }

  @Override
  public ByteBuffer message() {
    return buffer.duplicate().limit(place.end()).position(place.start());
  }

  @Override
  public boolean lacksTerminator() {
    return framing == Framing.LINE && ended && place.frameEnd() == place.end();
  }

  @Override
  public boolean endSending() {
    return connection.endSending();
  }

  @Override
  public void wakeup() {
    connection.wakeup();
  }

  @Override
  public String remoteText() {
    return Addresses.text(connection.remoteAddress());
  }

  @Override
  public void close() {
    connection.close();
  }
}
