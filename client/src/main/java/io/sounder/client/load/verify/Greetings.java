package io.sounder.client.load.verify;

import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.reply.TemplateMatcher;
import io.sounder.protocol.reply.TemplateMatcher.State;
import java.nio.ByteBuffer;

/** Follows the greetings that a connection begins with, in whatever pieces they come. */
public final class Greetings {
  private final Conversation conversation;
  private final boolean hasHeader;
  private final long total;

  private long seen; // whole greetings
  private TemplateMatcher current; // null between greetings
  private int headerTaken;
  private int header;
  private long leftInFrame;

  public Greetings(Conversation conversation) {
    this.conversation = conversation;
    this.hasHeader = conversation.framing().hasHeader();
    this.total = (long) conversation.greetings().size() * conversation.greetingRepeat();
  }

  /** Takes what belongs to the greetings, and leaves the rest. */
  public State take(ByteBuffer bytes) {
    while (seen < total) {
      if (hasHeader && !takeHeader(bytes)) {
        return State.PARTIAL;
      }
      if (current == null) {
        current =
            new TemplateMatcher(
                conversation.greetings().get((int) (seen % conversation.greetings().size())),
                seen + 1);
      }
      State state = hasHeader ? takeFrame(bytes) : current.take(bytes);
      if (state != State.COMPLETE) {
        return state;
      }
      seen++;
      current = null;
      headerTaken = 0;
    }
    return State.COMPLETE;
  }

  private boolean takeHeader(ByteBuffer bytes) {
    while (headerTaken < Framing.HEADER_BYTES && bytes.hasRemaining()) {
      header = header << 8 | (bytes.get() & 0xff);
      headerTaken++;
      if (headerTaken == Framing.HEADER_BYTES) {
        boolean bigEndian = conversation.framing() == Framing.LENGTH;
        leftInFrame = Integer.toUnsignedLong(bigEndian ? header : Integer.reverseBytes(header));
      }
    }
    return headerTaken == Framing.HEADER_BYTES;
  }

  private State takeFrame(ByteBuffer bytes) {
    int end = bytes.limit();
    int before = bytes.position();
    bytes.limit((int) Math.min(end, before + leftInFrame));
    State state = current.take(bytes);
    boolean tooMuch = bytes.hasRemaining();
    leftInFrame -= bytes.position() - before;
    bytes.limit(end);
    if (state == State.MISMATCH || tooMuch) {
      return State.MISMATCH;
    }
    if (leftInFrame > 0) {
      return State.PARTIAL;
    }
    return state == State.COMPLETE ? State.COMPLETE : State.MISMATCH;
  }
}
