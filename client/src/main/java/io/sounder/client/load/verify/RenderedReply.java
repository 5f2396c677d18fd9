package io.sounder.client.load.verify;

import io.sounder.protocol.framing.Decoder;
import io.sounder.protocol.framing.FrameWriter;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.framing.Message;
import io.sounder.protocol.reply.BufferSink;
import io.sounder.protocol.reply.Reply;
import java.nio.ByteBuffer;

/**
 * A reply that is computed from the request, made with the code that a server makes it with; the
 * last one is kept. Belongs to one thread.
 */
public final class RenderedReply implements Expectation {
  private final Reply reply;
  private final Expectation request;
  private final FrameWriter writer;
  private final Decoder decoder;
  private final Message message = new Message();
  private final ByteBuffer requestBytes;
  private final BufferSink rendered = new BufferSink(256);

  private ByteBuffer view = rendered.view();
  private int renderedConnection = -1;
  private long renderedSequence = -1;

  /**
   * Prepares.
   *
   * @param reply one that needs to know nothing but the message
   * @param request as it stands on the wire
   * @param maxBytes the most that a request has, without what framing adds
   */
  public RenderedReply(Reply reply, Expectation request, int maxBytes, Framing framing) {
    this.reply = reply;
    this.request = request;
    this.writer = new FrameWriter(framing);
    this.decoder = framing.newDecoder(maxBytes);
    this.requestBytes = ByteBuffer.allocate(maxBytes + Framing.HEADER_BYTES + 1);
  }

  @Override
  public int length(int connection, long sequence) {
    return render(connection, sequence).limit();
  }

  @Override
  public int match(int connection, long sequence, int from, ByteBuffer in) {
    ByteBuffer expected = render(connection, sequence);
    int matched = 0;
    while (from + matched < expected.limit()
        && in.hasRemaining()
        && expected.get(from + matched) == in.get(in.position())) {
      in.position(in.position() + 1);
      matched++;
    }
    return matched;
  }

  @Override
  public void write(int connection, long sequence, int from, int length, ByteBuffer out) {
    out.put(render(connection, sequence).duplicate().limit(from + length).position(from));
  }

  private ByteBuffer render(int connection, long sequence) {
    if (connection == renderedConnection && sequence == renderedSequence) {
      return view;
    }
    requestBytes.clear();
    int length = request.length(connection, sequence);
    request.write(connection, sequence, 0, length, requestBytes);
    requestBytes.flip();
    decoder.decodeDatagram(requestBytes, message);
    rendered.clear();
    writer.writeReply(reply, requestBytes.clear(), message, null, rendered);
    view = rendered.view();
    renderedConnection = connection;
    renderedSequence = sequence;
    return view;
  }
}
