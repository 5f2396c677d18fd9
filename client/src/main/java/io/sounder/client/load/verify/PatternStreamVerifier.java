package io.sounder.client.load.verify;

import io.sounder.protocol.reply.TemplateMatcher.State;
import java.nio.ByteBuffer;

/**
 * Verifies replies of which only a pattern is known, on a stream without frames, with one request
 * in flight. What follows a wrong one cannot be told apart, so it is the last.
 */
public final class PatternStreamVerifier implements StreamVerifier {
  private final ReplyPattern pattern;
  private final InFlight awaited;
  private final Replies replies;
  private long number = 1;
  private boolean begun;
  private boolean unusable;

  public PatternStreamVerifier(ReplyPattern pattern, InFlight awaited, Replies replies) {
    this.pattern = pattern;
    this.awaited = awaited;
    this.replies = replies;
  }

  @Override
  public void take(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !unusable) {
      if (awaited.isEmpty()) {
        unusable = true;
        replies.onStray(Wrong.EXTRA);
        replies.onUnusable();
      } else {
        follow(bytes);
      }
    }
  }

  @Override
  public boolean isInsideReply() {
    return begun;
  }

  private void follow(ByteBuffer bytes) {
    if (!begun) {
      pattern.begin(number++);
      begun = true;
    }
    State state = pattern.take(bytes);
    if (state == State.COMPLETE) {
      begun = false;
      replies.onRight(awaited.oldest());
    } else if (state == State.MISMATCH) {
      unusable = true;
      replies.onWrong(awaited.oldest(), Wrong.CORRUPT);
      replies.onUnusable();
    }
  }
}
