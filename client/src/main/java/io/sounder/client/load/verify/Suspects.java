package io.sounder.client.load.verify;

import java.nio.ByteBuffer;

/** Finds the request that a reply belongs to which does not say so itself, by comparing. */
final class Suspects {
  /** How many requests a reply is compared with; each comparison reads all of it. */
  private static final int MAX_CANDIDATES = 64;

  /** How many sequence numbers are looked at to find them: most may be settled. */
  private static final int MAX_STEPS = 4096;

  private final Expectation expectation;
  private final int connection;
  private final InFlight awaited;
  private final LostRequests lost;

  /**
   * Prepares for a connection.
   *
   * @param expectation the replies without header or terminator
   * @param lost the requests that were given up and may still be answered; null for none
   */
  Suspects(Expectation expectation, int connection, InFlight awaited, LostRequests lost) {
    this.expectation = expectation;
    this.connection = connection;
    this.awaited = awaited;
    this.lost = lost;
  }

  /** Whether these bytes are the whole reply to a request. */
  boolean isReply(ByteBuffer seen, long sequence) {
    int length = seen.remaining();
    if (length != expectation.length(connection, sequence)) {
      return false;
    }
    int start = seen.position();
    boolean same = expectation.match(connection, sequence, 0, seen) == length;
    seen.position(start);
    return same;
  }

  /** The one of the oldest awaited requests whose reply this is most like. */
  long mostLike(ByteBuffer seen) {
    long best = awaited.oldest();
    long end = Math.min(awaited.next(), best + MAX_STEPS);
    int candidates = 0;
    int bestEqual = -1;
    for (long sequence = best; sequence < end && candidates < MAX_CANDIDATES; sequence++) {
      if (awaited.isAwaited(sequence)) {
        candidates++;
        int equal = equalBytes(seen, sequence);
        if (equal > bestEqual) {
          best = sequence;
          bestEqual = equal;
        }
      }
    }
    return best;
  }

  private int equalBytes(ByteBuffer seen, long sequence) {
    ByteBuffer rest = seen.duplicate();
    int length = expectation.length(connection, sequence);
    int at = 0;
    int equal = 0;
    while (rest.hasRemaining() && at < length) {
      int matched = expectation.match(connection, sequence, at, rest);
      equal += matched;
      at += matched + 1;
      if (rest.hasRemaining()) {
        rest.position(rest.position() + 1);
      }
    }
    return equal;
  }

  /** A request of which this is the whole reply: given up lately, or the one answered last. */
  long earlierRequest(ByteBuffer seen) {
    int known = lost == null ? 0 : lost.size();
    for (int i = known - 1; i >= Math.max(0, known - MAX_CANDIDATES); i--) {
      if (isReply(seen, lost.sequence(i))) {
        return lost.sequence(i);
      }
    }
    long previous = awaited.oldest() - 1;
    return previous >= 0 && isReply(seen, previous) ? previous : -1;
  }
}
