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
  /** How many requests a damaged reply is compared with; each comparison reads all of it. */
  private static final int MAX_CANDIDATES = 64;

  /** How many sequence numbers are looked at to find them: most may be settled. */
  private static final int MAX_STEPS = 4096;

  private final Payload payload;
  private final byte[] prefix;
  private final int connection;
  private final InFlight awaited;
  private final LostRequests lost;
  private final Replies replies;
  private final boolean inOrder;

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
    this.lost = lost;
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
    long sequence = inOrder ? awaited.oldest() : mostLike(body);
    Wrong wrong = awaited.isEmpty() ? Wrong.EXTRA : compare(body, sequence, prefixed, wellFramed);
    if (wrong == null) {
      replies.onRight(sequence);
      return;
    }
    long earlier = prefixed && wellFramed && !payload.hasIdentity() ? earlierRequest(body) : -1;
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
    if (!isPayload(body, sequence)) {
      return Wrong.CORRUPT;
    }
    return wellFramed ? null : Wrong.UNREADABLE;
  }

  private boolean isPayload(ByteBuffer body, long sequence) {
    int size = payload.size();
    return body.remaining() == size
        && payload.match(connection, sequence, 0, size, body.duplicate()) == size;
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

  private long mostLike(ByteBuffer body) {
    long best = awaited.oldest();
    long end = Math.min(awaited.next(), best + MAX_STEPS);
    int candidates = 0;
    int bestEqual = -1;
    for (long sequence = best; sequence < end && candidates < MAX_CANDIDATES; sequence++) {
      if (awaited.isAwaited(sequence)) {
        candidates++;
        int equal = equalBytes(body, sequence);
        if (equal > bestEqual) {
          best = sequence;
          bestEqual = equal;
        }
      }
    }
    return best;
  }

  private int equalBytes(ByteBuffer body, long sequence) {
    ByteBuffer rest = body.duplicate();
    int at = 0;
    int equal = 0;
    while (rest.hasRemaining() && at < payload.size()) {
      int matched = payload.match(connection, sequence, at, payload.size() - at, rest);
      equal += matched;
      at += matched + 1;
      if (rest.hasRemaining()) {
        rest.position(rest.position() + 1);
      }
    }
    return equal;
  }

  /** A request of which this is the whole payload: given up lately, or the one answered last. */
  private long earlierRequest(ByteBuffer body) {
    int known = lost == null ? 0 : lost.size();
    for (int i = known - 1; i >= Math.max(0, known - MAX_CANDIDATES); i--) {
      if (isPayload(body, lost.sequence(i))) {
        return lost.sequence(i);
      }
    }
    long previous = awaited.oldest() - 1;
    return previous >= 0 && isPayload(body, previous) ? previous : -1;
  }
}
