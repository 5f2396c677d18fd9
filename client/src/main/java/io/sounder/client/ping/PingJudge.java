package io.sounder.client.ping;

import io.sounder.client.message.ExpectedReplies;
import io.sounder.client.message.ReplyMatcher;
import io.sounder.protocol.endpoint.TargetSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Knows what each ping sends and what must come back for it, and so which ping a reply answers.
 * Replies that do not carry the message all look alike: they answer the oldest.
 */
final class PingJudge {
  /** How far back a duplicate or late reply is recognised. */
  private static final int MAX_LOOK_BACK = 1000;

  private final ExpectedReplies expected;
  private final String run;

  /**
   * A judge.
   *
   * @param run distinguishes this run's pings from any other's
   */
  PingJudge(TargetSpec target, long run) {
    this.expected = new ExpectedReplies(target);
    this.run = String.format(Locale.ROOT, "%016x", run);
  }

  /** What a ping sends: printable, and of the same size for each. */
  byte[] message(int sequence) {
    return String.format(Locale.ROOT, "sounder ping %s %010d", run, sequence)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** What must come back for a ping. */
  ReplyMatcher matcher(int sequence, int sequenceOnConnection) {
    return expected.matcher(message(sequence), sequenceOnConnection);
  }

  /**
   * Which ping a whole message answers: one of the outstanding, or else an earlier one.
   *
   * @param firstOnConnection the first ping sent on this connection
   */
  OptionalInt answeredBy(ByteBuffer message, PingLedger ledger, int firstOnConnection) {
    for (int sequence : ledger.outstandingSequences()) {
      if (isWhole(message, sequence, firstOnConnection)) {
        return OptionalInt.of(sequence);
      }
    }
    int oldest = Math.max(firstOnConnection, ledger.sent() - MAX_LOOK_BACK);
    for (int sequence = ledger.sent(); sequence >= oldest; sequence--) {
      if (isWhole(message, sequence, firstOnConnection)) {
        return OptionalInt.of(sequence);
      }
    }
    return OptionalInt.empty();
  }

  private boolean isWhole(ByteBuffer message, int sequence, int firstOnConnection) {
    ByteBuffer bytes = message.duplicate();
    ReplyMatcher matcher = matcher(sequence, sequence - firstOnConnection + 1);
    return matcher.take(bytes) == ReplyMatcher.State.COMPLETE && !bytes.hasRemaining();
  }
}
