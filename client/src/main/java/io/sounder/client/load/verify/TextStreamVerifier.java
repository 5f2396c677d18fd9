package io.sounder.client.load.verify;

import io.sounder.client.load.verify.Identification.Found;
import java.nio.ByteBuffer;

/**
 * Verifies replies of which every byte is known, on a stream without frames. As long as all is
 * well, bytes are compared as they come and nothing is kept. From the first wrong byte, or one that
 * nobody awaits, they are kept until it is clear what they are:
 *
 * <pre>
 *   comparing --wrong byte--> in doubt --a reply to another request--> told, and on with the next
 *                                |
 *                                +--no reply at all--> corrupt: on behind the end of its line,
 *                                                      if replies are lines; else unusable
 * </pre>
 */
public final class TextStreamVerifier implements StreamVerifier {
  private static final int UNDECIDED = -1;
  private static final int FIRST_ROOM = 64;

  private final Expectation expectation;
  private final boolean oneLine;
  private final Identification identification; // null if replies do not say what they answer
  private final int connection;
  private final InFlight awaited;
  private final Replies replies;
  private final IdentifiedReplies identified;

  private long answered = -1; // the request before the one whose reply is compared
  private int matched; // bytes of the current reply that have come and are right
  private ByteBuffer doubtful; // up to its position; null unless in doubt
  private boolean skipping; // a wrong reply, up to the end of its line
  private boolean unusable;

  /**
   * Prepares for a connection.
   *
   * @param oneLine whether each reply is a line, so that a wrong one ends with its line too
   * @param identification null if replies do not say which request they answer
   */
  public TextStreamVerifier(
      Expectation expectation,
      boolean oneLine,
      Identification identification,
      int connection,
      InFlight awaited,
      Replies replies) {
    this.expectation = expectation;
    this.oneLine = oneLine;
    this.identification = identification;
    this.connection = connection;
    this.awaited = awaited;
    this.replies = replies;
    this.identified = new IdentifiedReplies(connection, awaited, replies, true);
  }

  @Override
  public void take(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !unusable) {
      if (skipping) {
        skip(bytes);
      } else if (doubtful != null) {
        doubt(bytes);
      } else if (awaited.isEmpty()) {
        startDoubting(0);
      } else {
        compare(bytes);
      }
    }
  }

  @Override
  public boolean isInsideReply() {
    return matched > 0 || doubtful != null || skipping;
  }

  @Override
  public void finish() {
    if (skipping) {
      endWrongLine();
    }
  }

  private void compare(ByteBuffer bytes) {
    long sequence = awaited.oldest();
    matched += expectation.match(connection, sequence, matched, bytes);
    if (matched == expectation.length(connection, sequence)) {
      matched = 0;
      answered = sequence;
      replies.onRight(sequence);
    } else if (bytes.hasRemaining()) {
      startDoubting(matched);
    }
  }

  /** From here the bytes are kept, behind those that were right and can be made again. */
  private void startDoubting(int rightBytes) {
    doubtful = ByteBuffer.allocate(rightBytes + FIRST_ROOM);
    if (rightBytes > 0) {
      expectation.write(connection, awaited.oldest(), 0, rightBytes, doubtful);
    }
    matched = 0;
  }

  private void doubt(ByteBuffer bytes) {
    int start = bytes.position();
    int before = doubtful.position();
    int taken = Math.min(bytes.remaining(), Math.max(FIRST_ROOM, before));
    doubtful = Buffers.withRoomFor(doubtful, taken).put(bytes.slice(start, taken));
    int length = decide(doubtful.duplicate().flip());
    if (length == UNDECIDED) {
      bytes.position(start + taken);
    } else {
      doubtful = null;
      bytes.position(start + Math.max(0, length - before));
    }
  }

  /** How many bytes are accounted for, or {@link #UNDECIDED}. */
  private int decide(ByteBuffer seen) {
    boolean mayBecomeOne = false;
    if (answered >= 0) {
      int length = expectation.length(connection, answered);
      int same = expectation.match(connection, answered, 0, seen.duplicate());
      if (same == length) {
        replies.onUnawaited(answered);
        return length;
      }
      mayBecomeOne = same == seen.remaining();
    }
    Found found = identification == null ? Found.NONE : identification.look(seen);
    if (found == Found.WHOLE) {
      identified.tell(identification);
      return expectation.length(identification.connection(), identification.sequence());
    }
    return mayBecomeOne || found == Found.PART ? UNDECIDED : corrupt(seen);
  }

  private int corrupt(ByteBuffer seen) {
    if (awaited.isEmpty()) {
      unusable = true;
      replies.onStray(Wrong.EXTRA);
      replies.onUnusable();
    } else if (oneLine) {
      skipping = true;
      skip(seen);
    } else {
      unusable = true;
      replies.onWrong(awaited.oldest(), Wrong.CORRUPT);
      replies.onUnusable();
    }
    return seen.position();
  }

  private void skip(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (bytes.get() == '\n') {
        endWrongLine();
        return;
      }
    }
  }

  private void endWrongLine() {
    skipping = false;
    replies.onWrong(awaited.oldest(), Wrong.CORRUPT);
  }
}
