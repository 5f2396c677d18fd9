package io.sounder.client.load.verify;

import io.sounder.protocol.reply.TemplateMatcher.State;
import java.nio.ByteBuffer;

/** Judges replies of which only a pattern is known: the oldest awaited request takes each. */
public final class PatternJudge implements Judge {
  private final ReplyPattern pattern;
  private final InFlight awaited;
  private final Replies replies;
  private long number = 1;

  public PatternJudge(ReplyPattern pattern, InFlight awaited, Replies replies) {
    this.pattern = pattern;
    this.awaited = awaited;
    this.replies = replies;
  }

  @Override
  public void judge(ByteBuffer message, boolean wellFramed) {
    int start = message.position();
    pattern.begin(number++);
    State state = pattern.take(message);
    boolean tooMuch = message.hasRemaining();
    message.position(start);
    if (awaited.isEmpty()) {
      replies.onStray(Wrong.EXTRA);
      return;
    }
    long sequence = awaited.oldest();
    if (state == State.PARTIAL) {
      replies.onWrong(sequence, Wrong.TRUNCATED);
    } else if (state == State.MISMATCH) {
      replies.onWrong(sequence, Wrong.CORRUPT);
    } else if (tooMuch) {
      replies.onWrong(sequence, Wrong.EXTRA);
    } else if (!wellFramed) {
      replies.onWrong(sequence, Wrong.UNREADABLE);
    } else {
      replies.onRight(sequence);
    }
  }
}
