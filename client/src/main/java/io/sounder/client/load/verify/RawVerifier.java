package io.sounder.client.load.verify;

import io.sounder.protocol.payload.Identity;
import java.nio.ByteBuffer;

/**
 * Verifies replies on a stream without frames, where only the offset tells which byte belongs to
 * which reply. As long as all is well, bytes are compared as they come and nothing is kept. After
 * the first wrong byte the reply that it stands in is gathered whole, and then judged:
 *
 * <pre>
 *   comparing --wrong byte, or a byte that nobody awaits--> gathering --enough--> judged
 *       ^                                                                           |
 *       +-------------------- the next reply begins where it should ----------------+
 * </pre>
 *
 * <p>With one request in flight a reply must have ended before the next begins, so that each lie
 * has its name. With several there are no boundaries: if the next reply does not begin where it
 * should, bytes were added or are missing, and the stream is desynchronised.
 */
public final class RawVerifier implements StreamVerifier {
  /** How much of the next reply shows whether it begins where it should; 1 in 2^64 by chance. */
  private static final int LOOK_AHEAD_BYTES = 16;

  /** What an insertion can at most be, to be told from any other wrong bytes. */
  private static final int MAX_INSERTED_BYTES = 64;

  private static final int CONVINCING_BYTES = 4;

  private final Expectation expectation;
  private final int run;
  private final int connection;
  private final boolean pipelined;
  private final InFlight awaited;
  private final Replies replies;

  private final Identity identity = new Identity();
  private long answered = -1; // the reply before the one that is compared
  private int matched; // bytes of the current reply that have come and are right
  private ByteBuffer gathered; // null while comparing
  private boolean unusable;

  public RawVerifier(
      Expectation expectation,
      int run,
      int connection,
      boolean pipelined,
      InFlight awaited,
      Replies replies) {
    this.expectation = expectation;
    this.pipelined = pipelined;
    this.run = run;
    this.connection = connection;
    this.awaited = awaited;
    this.replies = replies;
  }

  @Override
  public void take(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !unusable) {
      if (gathered != null) {
        gather(bytes);
      } else if (awaited.isEmpty()) {
        startGathering(0);
      } else {
        compare(bytes);
      }
    }
  }

  @Override
  public boolean isInsideReply() {
    return matched > 0 || gathered != null;
  }

  @Override
  public void finish() {
    boolean whole = gathered != null && gathered.position() >= judgedLength();
    if (whole && !awaited.isEmpty()) {
      judge(false);
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
      startGathering(matched);
      matched = 0;
    }
  }

  /** From here the bytes are kept, behind those that were right and can be made again. */
  private void startGathering(int rightBytes) {
    gathered = ByteBuffer.allocate(judgedLength() + LOOK_AHEAD_BYTES);
    if (rightBytes > 0) {
      expectation.write(connection, awaited.oldest(), 0, rightBytes, gathered);
    }
  }

  private void gather(ByteBuffer bytes) {
    int needed = judgedLength() + lookAhead();
    int taken = Math.max(0, Math.min(bytes.remaining(), needed - gathered.position()));
    gathered = Buffers.withRoomFor(gathered, taken);
    gathered.put(bytes.slice(bytes.position(), taken));
    bytes.position(bytes.position() + taken);
    if (awaited.isEmpty() && !mayRepeat()) {
      stopGathering();
      replies.onStray(Wrong.EXTRA);
      becomeUnusable();
    } else if (gathered.position() >= needed) {
      judge(bytes.hasRemaining());
    }
  }

  /**
   * The size of the reply that is gathered; if none is awaited, of the one that may be repeated.
   */
  private int judgedLength() {
    long sequence = awaited.isEmpty() ? Math.max(0, answered) : awaited.oldest();
    return Math.max(1, expectation.length(connection, sequence));
  }

  private int lookAhead() {
    return awaited.count() > 1
        ? Math.min(LOOK_AHEAD_BYTES, expectation.length(connection, awaited.oldest() + 1))
        : 0;
  }

  /** Whether what was gathered may be the beginning of the reply before, once more. */
  private boolean mayRepeat() {
    ByteBuffer seen = gathered.duplicate().flip();
    return answered >= 0 && expectation.match(connection, answered, 0, seen) == gathered.position();
  }

  private void judge(boolean moreFollows) {
    int length = judgedLength();
    ByteBuffer ahead = gathered.duplicate().flip().position(length);
    ByteBuffer reply = gathered.flip();
    reply.limit(length);
    boolean repeats = answered >= 0 && equalsReply(answered, reply);
    if (repeats) {
      stopGathering();
      replies.onUnawaited(answered);
      take(ahead);
      return;
    }
    Wrong wrong = name(reply, ahead.duplicate(), moreFollows);
    long sequence = awaited.oldest();
    stopGathering();
    replies.onWrong(sequence, wrong);
    if (wrong == Wrong.EXTRA || wrong == Wrong.DESYNCHRONISED) {
      becomeUnusable();
    } else {
      answered = sequence;
      take(ahead);
    }
  }

  private void stopGathering() {
    gathered = null;
    matched = 0;
  }

  private void becomeUnusable() {
    unusable = true;
    replies.onUnusable();
  }

  boolean isUnusable() {
    return unusable;
  }

  private Wrong name(ByteBuffer reply, ByteBuffer ahead, boolean moreFollows) {
    if (isAnotherConnections(reply)) {
      return Wrong.MISDIRECTED;
    }
    if (awaited.count() > 1) {
      return nextBeginsWhereItShould(ahead) ? Wrong.CORRUPT : Wrong.DESYNCHRONISED;
    }
    if (moreFollows || hasInsertion(reply)) {
      return pipelined ? Wrong.DESYNCHRONISED : Wrong.EXTRA;
    }
    return Wrong.CORRUPT;
  }

  private boolean nextBeginsWhereItShould(ByteBuffer ahead) {
    int length = ahead.remaining();
    return expectation.match(connection, awaited.oldest() + 1, 0, ahead) == length;
  }

  private boolean isAnotherConnections(ByteBuffer reply) {
    return reply.limit() >= Identity.BYTES
        && identity.read(reply, 0)
        && (identity.connection() != connection || identity.run() != run);
  }

  private boolean equalsReply(long sequence, ByteBuffer reply) {
    ByteBuffer seen = reply.duplicate().position(0);
    return expectation.match(connection, sequence, 0, seen) == reply.limit()
        && expectation.length(connection, sequence) == reply.limit();
  }

  /** Whether the reply goes on after some bytes that do not belong to it. */
  private boolean hasInsertion(ByteBuffer reply) {
    long sequence = awaited.oldest();
    ByteBuffer seen = reply.duplicate().position(0);
    int right = expectation.match(connection, sequence, 0, seen);
    int most = Math.min(MAX_INSERTED_BYTES, reply.limit() - right - CONVINCING_BYTES);
    for (int inserted = 1; inserted <= most; inserted++) {
      ByteBuffer rest = reply.duplicate().position(right + inserted);
      int length = rest.remaining();
      if (expectation.match(connection, sequence, right, rest) == length) {
        return true;
      }
    }
    return false;
  }
}
