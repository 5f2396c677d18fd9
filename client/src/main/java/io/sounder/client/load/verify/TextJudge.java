package io.sounder.client.load.verify;

import java.nio.ByteBuffer;

/**
 * Judges replies of which every byte is known: the oldest awaited request takes each, unless the
 * reply itself says which request it answers.
 */
public final class TextJudge implements Judge {
  private final Expectation message;
  private final byte[] prefix;
  private final Identification identification; // null if replies do not say what they answer
  private final int connection;
  private final InFlight awaited;
  private final Replies replies;
  private final boolean inOrder;
  private final Suspects suspects;
  private final IdentifiedReplies identified;

  /**
   * Prepares for a connection.
   *
   * @param message the replies without header or terminator
   * @param prefix what each begins with, and whose lack has a name of its own; may be empty
   * @param identification null if replies do not say which request they answer
   * @param lost the requests that were given up and may still be answered; null on a stream, which
   *     is closed instead
   * @param inOrder whether the transport keeps the order
   */
  public TextJudge(
      Expectation message,
      byte[] prefix,
      Identification identification,
      int connection,
      InFlight awaited,
      LostRequests lost,
      Replies replies,
      boolean inOrder) {
    this.message = message;
    this.prefix = prefix;
    this.identification = identification;
    this.connection = connection;
    this.awaited = awaited;
    this.replies = replies;
    this.inOrder = inOrder;
    this.suspects = new Suspects(message, connection, awaited, lost);
    this.identified = new IdentifiedReplies(connection, awaited, replies, inOrder);
  }

  @Override
  public void judge(ByteBuffer seen, boolean wellFramed) {
    if (wellFramed && !awaited.isEmpty() && suspects.isReply(seen, awaited.oldest())) {
      replies.onRight(awaited.oldest());
    } else if (wellFramed && isIdentified(seen)) {
      identified.tell(identification);
    } else {
      judgeUnidentified(seen, wellFramed);
    }
  }

  private boolean isIdentified(ByteBuffer seen) {
    return identification != null
        && identification.look(seen) == Identification.Found.WHOLE
        && message.length(identification.connection(), identification.sequence())
            == seen.remaining();
  }

  private void judgeUnidentified(ByteBuffer seen, boolean wellFramed) {
    long earlier = wellFramed ? suspects.earlierRequest(seen) : -1;
    if (earlier >= 0) {
      replies.onUnawaited(earlier);
    } else if (awaited.isEmpty()) {
      replies.onStray(Wrong.EXTRA);
    } else {
      long sequence = inOrder ? awaited.oldest() : suspects.mostLike(seen);
      replies.onWrong(sequence, name(seen, sequence));
    }
  }

  private Wrong name(ByteBuffer seen, long sequence) {
    int length = message.length(connection, sequence);
    int matched = message.match(connection, sequence, 0, seen.duplicate());
    if (matched < Math.min(prefix.length, seen.remaining())) {
      return Wrong.WRONG_PREFIX;
    }
    if (matched == length && matched == seen.remaining()) {
      return Wrong.UNREADABLE; // it is right, but the frame around it is not
    }
    if (matched == seen.remaining()) {
      return Wrong.TRUNCATED;
    }
    return matched == length ? Wrong.EXTRA : Wrong.CORRUPT;
  }
}
