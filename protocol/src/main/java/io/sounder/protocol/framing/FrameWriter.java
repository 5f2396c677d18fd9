package io.sounder.protocol.framing;

import io.sounder.protocol.reply.ByteSink;
import io.sounder.protocol.reply.Exchange;
import io.sounder.protocol.reply.Reply;
import java.nio.ByteBuffer;

/** Puts messages on the wire as a framing wants them: requests, replies, greetings. Immutable. */
public final class FrameWriter {
  private final Framing framing;

  public FrameWriter(Framing framing) {
    this.framing = framing;
  }

  /**
   * Puts a message that the caller has in its hands, as a client's request: a line ends with LF.
   */
  public void writeMessage(ByteBuffer message, ByteSink out) {
    writeHeader(message.remaining(), out);
    out.put(message);
    if (framing == Framing.LINE) {
      out.put((byte) '\n');
    }
  }

  /**
   * Puts the reply to a decoded message. Under {@code line} a reply that carries the request's text
   * ends as the request did, any other with LF; a silent reply puts nothing.
   *
   * @param bytes where the message was decoded; its position and limit are left undefined
   */
  public void writeReply(
      Reply reply, ByteBuffer bytes, Message message, Exchange exchange, ByteSink out) {
    if (reply.isSilent()) {
      return;
    }
    message.select(bytes);
    if (framing.hasHeader()) {
      writeHeader(reply.length(bytes, exchange), out);
    }
    reply.write(bytes, exchange, out);
    if (framing == Framing.LINE) {
      writeTerminator(reply, bytes, message, out);
    }
  }

  private static void writeTerminator(
      Reply reply, ByteBuffer bytes, Message message, ByteSink out) {
    if (reply.carriesRequest()) {
      bytes.limit(message.frameEnd()).position(message.end());
      out.put(bytes);
    } else {
      out.put((byte) '\n');
    }
  }

  /** The header of a message of so many bytes; nothing for framings that have none. */
  public void writeHeader(int length, ByteSink out) {
    if (!framing.hasHeader()) {
      return;
    }
    out.putInt(framing == Framing.LENGTH ? length : Integer.reverseBytes(length));
  }
}
