package io.sounder.client.load.script;

import io.sounder.client.load.verify.Expectation;
import io.sounder.protocol.framing.Framing;
import java.nio.ByteBuffer;

/**
 * A text as it stands on the wire, made when it is needed; the last one is kept. Belongs to one
 * thread.
 */
final class RenderedText implements Expectation {
  private static final int FIRST_CAPACITY = 512;

  private final Texts texts;
  private final Framing framing;
  private final Numbering numbering;

  private ByteBuffer bytes = ByteBuffer.allocate(FIRST_CAPACITY); // from 0 to length
  private int length;
  private TextTemplate rendered;
  private int renderedConnection;
  private long renderedSequence;

  RenderedText(Texts texts, Framing framing, Numbering numbering) {
    this.texts = texts;
    this.framing = framing;
    this.numbering = numbering;
  }

  @Override
  public int length(int connection, long sequence) {
    render(connection, sequence);
    return length;
  }

  @Override
  public int match(int connection, long sequence, int from, ByteBuffer in) {
    render(connection, sequence);
    int mismatch = bytes.limit(length).position(from).mismatch(in);
    int matched = mismatch < 0 ? length - from : mismatch;
    in.position(in.position() + matched);
    return matched;
  }

  @Override
  public void write(int connection, long sequence, int from, int count, ByteBuffer out) {
    render(connection, sequence);
    int position = out.position();
    out.put(position, bytes.clear(), from, count).position(position + count);
  }

  private void render(int connection, long sequence) {
    TextTemplate text = texts.of(sequence);
    boolean same =
        text == rendered
            && (text.isConstant()
                || (connection == renderedConnection && sequence == renderedSequence));
    if (same) {
      return;
    }
    rendered = text;
    renderedConnection = connection;
    renderedSequence = sequence;
    ensureRoom(text.maxBytes() + Framing.HEADER_BYTES + 1);
    int header = framing.hasHeader() ? Framing.HEADER_BYTES : 0;
    text.write(numbering, connection, sequence, bytes.clear().position(header));
    if (framing.hasHeader()) {
      int size = bytes.position() - header;
      bytes.putInt(0, framing == Framing.LENGTH ? size : Integer.reverseBytes(size));
    } else if (framing == Framing.LINE) {
      bytes.put((byte) '\n');
    }
    length = bytes.position();
  }

  private void ensureRoom(int needed) {
    if (bytes.capacity() < needed) {
      bytes = ByteBuffer.allocate(needed);
    }
  }
}
