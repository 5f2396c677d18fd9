package io.sounder.client.load.verify;

import io.sounder.protocol.payload.Identity;
import io.sounder.protocol.payload.Payload;
import java.nio.ByteBuffer;

/**
 * Judges replies that carry the request's payload, behind a prefix or not. The payload says which
 * request it was; where it is too short or too damaged for that, it is the oldest awaited request,
 * or, where the order may change, that of the oldest ones which it is most like.
 */
final class CarriedPayloadJudge implements Judge {
  private final Payload payload;
  private final byte[] prefix;
  private final int connection;
  private final InFlight awaited;
  private final Replies replies;
  private final boolean inOrder;
  private final Suspects suspects;

  private final Identity identity = new Identity();

  /**
   * Prepares for a connection.
   *
   * @param lost the requests that were given up and may still be answered; null on a stream, which
   *     is closed instead
   * @param inOrder whether the transport keeps the order, so that a foreign reply stands in the
   *     place of our own
   */
  CarriedPayloadJudge(
      Payload payload,
      byte[] prefix,
      int connection,
      InFlight awaited,
      LostRequests lost,
      Replies replies,
      boolean inOrder) {
    this.payload = payload;
    this.prefix = prefix;
    this.connection = connection;
    this.awaited = awaited;
    this.suspects = new Suspects(Envelope.bare(payload), connection, awaited, lost);
    this.replies = replies;
    this.inOrder = inOrder;
  }

  @Override
  public void judge(ByteBuffer message, boolean wellFramed) {
    boolean prefixed = startsWithPrefix(message);
    ByteBuffer body = body(message, prefixed);
    if (payload.hasIdentity()
        && body.remaining() >= Identity.BYTES
        && identity.read(body, body.position())) {
      judgeIdentified(body, prefixed, wellFramed);
    } else {
      judgeUnidentified(body, prefixed, wellFramed);
    }
  }

  private void judgeIdentified(ByteBuffer body, boolean prefixed, boolean wellFramed) {
    if (identity.connection() != connection || identity.run() != payload.run()) {
      if (inOrder && !awaited.isEmpty()) {
        replies.onWrong(awaited.oldest(), Wrong.MISDIRECTED);
      } else {
        replies.onStray(Wrong.MISDIRECTED);
      }
      return;
    }
    long sequence = identity.sequence();
    Wrong wrong = compare(body, sequence, prefixed, wellFramed);
    if (awaited.isAwaited(sequence)) {
      tell(sequence, wrong);
    } else if (wrong == null && sequence < awaited.next()) {
      replies.onUnawaited(sequence);
    } else {
      replies.onStray(wrong == null ? Wrong.MISDIRECTED : wrong);
    }
  }

  private void judgeUnidentified(ByteBuffer body, boolean prefixed, boolean wellFramed) {
    long sequence = inOrder ? awaited.oldest() : suspects.mostLike(body);
    Wrong wrong = awaited.isEmpty() ? Wrong.EXTRA : compare(body, sequence, prefixed, wellFramed);
    if (wrong == null) {
      replies.onRight(sequence);
      return;
    }
    boolean mayBeEarlier = prefixed && wellFramed && !payload.hasIdentity();
    long earlier = mayBeEarlier ? suspects.earlierRequest(body) : -1;
    if (earlier >= 0) {
      replies.onUnawaited(earlier);
    } else if (awaited.isEmpty()) {
      replies.onStray(wrong);
    } else {
      replies.onWrong(sequence, wrong);
    }
  }

  private void tell(long sequence, Wrong wrong) {
    if (wrong == null) {
      replies.onRight(sequence);
    } else {
      replies.onWrong(sequence, wrong);
    }
  }

  private Wrong compare(ByteBuffer body, long sequence, boolean prefixed, boolean wellFramed) {
    if (!prefixed) {
      return Wrong.WRONG_PREFIX;
    }
    if (body.remaining() != payload.size()) {
      return body.remaining() < payload.size() ? Wrong.TRUNCATED : Wrong.EXTRA;
    }
    if (!suspects.isReply(body, sequence)) {
      return Wrong.CORRUPT;
    }
    return wellFramed ? null : Wrong.UNREADABLE;
  }

  private boolean startsWithPrefix(ByteBuffer message) {
    int length = prefix.length;
    return message.remaining() >= length
        && message.slice(message.position(), length).equals(ByteBuffer.wrap(prefix));
  }

  /** What follows the prefix; a wrong one is stepped over if the size says that it is there. */
  private ByteBuffer body(ByteBuffer message, boolean prefixed) {
    boolean altered = message.remaining() == prefix.length + payload.size();
    int skipped = prefixed || altered ? Math.min(prefix.length, message.remaining()) : 0;
    return message.duplicate().position(message.position() + skipped);
  }
}
