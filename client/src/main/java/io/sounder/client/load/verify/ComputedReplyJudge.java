package io.sounder.client.load.verify;

import java.nio.ByteBuffer;

/**
 * Judges replies that do not say which request they answer: one at a time, the oldest that is
 * awaited.
 */
final class ComputedReplyJudge implements Judge {
  private final Expectation message;
  private final int connection;
  private final InFlight awaited;
  private final Replies replies;

  /**
   * Prepares for a connection.
   *
   * @param message the reply without header or terminator
   */
  ComputedReplyJudge(Expectation message, int connection, InFlight awaited, Replies replies) {
    this.message = message;
    this.connection = connection;
    this.awaited = awaited;
    this.replies = replies;
  }

  @Override
  public void judge(ByteBuffer seen, boolean wellFramed) {
    if (awaited.isEmpty()) {
      replies.onStray(Wrong.EXTRA);
      return;
    }
    long sequence = awaited.oldest();
    int length = message.length(connection, sequence);
    int matched = message.match(connection, sequence, 0, seen.duplicate());
    boolean right = matched == length && seen.remaining() == length;
    if (right && wellFramed) {
      replies.onRight(sequence);
    } else {
      replies.onWrong(sequence, right ? Wrong.UNREADABLE : name(seen.remaining(), length, matched));
    }
  }

  private static Wrong name(int seen, int expected, int matched) {
    if (matched == seen && seen < expected) {
      return Wrong.TRUNCATED;
    }
    return matched == expected && seen > expected ? Wrong.EXTRA : Wrong.CORRUPT;
  }
}
