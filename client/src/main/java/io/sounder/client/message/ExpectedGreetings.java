package io.sounder.client.message;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.reply.Template;
import io.sounder.protocol.reply.TemplateMatcher;
import io.sounder.protocol.text.Escapes;
import java.nio.ByteBuffer;

/**
 * The greetings that a target says first, taken off its stream and checked. A placeholder at the
 * end of the last one takes whatever comes with it. One for each connection.
 */
public final class ExpectedGreetings {
  private static final int MAX_SHOWN_BYTES = 200;

  private final TargetSpec target;
  private final Conversation conversation;
  private final long total;
  private long taken;
  private TemplateMatcher current;

  public ExpectedGreetings(TargetSpec target) {
    this.target = target;
    this.conversation = target.conversation();
    this.total = (long) conversation.greetings().size() * conversation.greetingRepeat();
  }

  /** Whether all of them have come. */
  public boolean areDone() {
    return taken == total;
  }

  /**
   * Takes greetings off a stream that has no frame headers, and leaves what follows them.
   *
   * @throws ClientFailure of {@link ErrorClass#PROTOCOL} if something else comes
   */
  public void takeFromStream(ByteBuffer bytes) {
    while (!areDone() && bytes.hasRemaining()) {
      ByteBuffer seen = bytes.duplicate();
      if (takeOne(bytes, seen) == TemplateMatcher.State.PARTIAL) {
        return;
      }
    }
  }

  /**
   * Takes one framed message, which must be the next greeting whole.
   *
   * @throws ClientFailure of {@link ErrorClass#PROTOCOL} if it is not
   */
  public void takeMessage(ByteBuffer message) {
    ByteBuffer seen = message.duplicate();
    if (takeOne(message, seen) == TemplateMatcher.State.PARTIAL || message.hasRemaining()) {
      throw mismatch(seen);
    }
  }

  private TemplateMatcher.State takeOne(ByteBuffer bytes, ByteBuffer seen) {
    if (current == null) {
      current = new TemplateMatcher(expected(), taken + 1);
    }
    TemplateMatcher.State state = current.take(bytes);
    switch (state) {
      case MISMATCH -> throw mismatch(seen);
      case COMPLETE -> {
        taken++;
        current = null;
      }
      case PARTIAL -> {}
    }
    return state;
  }

  private Template expected() {
    return conversation.greetings().get((int) (taken % conversation.greetings().size()));
  }

  private ClientFailure mismatch(ByteBuffer seen) {
    return new ClientFailure(
        ErrorClass.PROTOCOL,
        "wrong greeting from "
            + target.endpoint()
            + ": "
            + ErrorClass.PROTOCOL.text()
            + ": greeting "
            + (taken + 1)
            + " of "
            + total
            + " should be '"
            + expected()
            + "', and what came is '"
            + Escapes.show(seen, MAX_SHOWN_BYTES)
            + "'; correct the key greeting, or leave it out to see everything");
  }
}
