package io.sounder.client.load;

import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.verify.InFlight;
import io.sounder.client.load.verify.Replies;
import io.sounder.client.load.verify.StreamVerifier;
import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.Conversation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The requests of a stream session and the replies to them, on one connection after the other.
 * Keeps the books; opens and closes nothing.
 */
final class StreamExchange implements Replies {
  private final LoopContext context;
  private final LoopStatistics statistics;
  private final LoadPlan plan;
  private final int connection;
  private final InFlight inFlight;
  private final Outbox outbox;

  private StreamVerifier verifier;
  private long sentHere; // on this connection
  private long answeredHere;
  private long highestAnswered = -1;
  private boolean unusable;
  private long readAtNanos;

  StreamExchange(LoopContext context, int connection) {
    this.context = context;
    this.statistics = context.statistics();
    this.plan = context.plan();
    this.connection = connection;
    this.inFlight = new InFlight(plan.pipeline());
    this.outbox = new Outbox(context, connection);
  }

  /** A new connection is there. */
  void restart() {
    sentHere = 0;
    answeredHere = 0;
    unusable = false;
    outbox.restart(inFlight.next());
    verifier = context.verification().newStream(connection, inFlight, this);
  }

  /**
   * Begins as many requests as may be in flight, and writes them and what is left of earlier ones.
   *
   * @param connectNanos when the connect began, which is the request where the peer speaks at once
   * @return whether all is written
   */
  boolean send(SocketChannel channel, long connectNanos, long nowNanos) throws IOException {
    long beginNanos = plan.isTimeAtOnce() ? connectNanos : nowNanos;
    while (inFlight.count() < plan.pipeline()
        && (plan.closeAfter() == Conversation.NEVER || sentHere < plan.closeAfter())
        && context.schedule().claim(nowNanos)) {
      inFlight.begin(beginNanos);
      statistics.sent(beginNanos);
      sentHere++;
    }
    boolean all = outbox.flush(channel, inFlight.next(), nowNanos);
    if (plan.isSilent()) {
      settleWritten(nowNanos);
    }
    return all;
  }

  /** Where nobody answers, what is written is done. */
  private void settleWritten(long nowNanos) {
    while (inFlight.oldest() < outbox.sequence()) {
      answeredHere++;
      statistics.ok(inFlight.settle(inFlight.oldest()), nowNanos, false);
    }
  }

  /** Takes what was read. */
  void receive(ByteBuffer bytes, long nowNanos) {
    readAtNanos = nowNanos;
    verifier.take(bytes);
  }

  /** The connection has ended: what is still in doubt is judged. */
  void finish() {
    verifier.finish();
  }

  /** Ends all that is in flight with an error. */
  void failAll(ErrorClass errorClass) {
    while (!inFlight.isEmpty()) {
      statistics.failed(inFlight.settle(inFlight.oldest()), errorClass);
    }
  }

  /** Whether the oldest request has waited for too long. */
  boolean isOverdue(long nowNanos) {
    return !inFlight.isEmpty()
        && nowNanos - inFlight.sentNanos(inFlight.oldest()) - plan.timeoutNanos() >= 0;
  }

  /**
   * A reply that has begun and then stopped, with nothing else in flight, is truncated: not one
   * that is merely slow, of which something came lately.
   */
  void judgeOverdue(long nowNanos) {
    boolean stopped = nowNanos - readAtNanos - plan.timeoutNanos() / 2 >= 0;
    if (inFlight.count() == 1 && verifier.isInsideReply() && stopped) {
      unusable = true;
      onWrong(inFlight.oldest(), Wrong.TRUNCATED);
    }
  }

  boolean isIdle() {
    return inFlight.isEmpty();
  }

  /** Whether replies cannot be told apart any more. */
  boolean isUnusable() {
    return unusable;
  }

  /** Whether the connection was good for anything. */
  boolean isFruitful() {
    return answeredHere > 0;
  }

  /** Whether the peer has answered all that it takes on one connection. */
  boolean isComplete() {
    return answeredHere == plan.closeAfter();
  }

  long oldestPendingNanos(long nowNanos) {
    return inFlight.isEmpty() ? 0 : nowNanos - inFlight.sentNanos(inFlight.oldest());
  }

  @Override
  public void onRight(long sequence) {
    if (sequence < highestAnswered) {
      statistics.reordered(inFlight.sentNanos(sequence));
    }
    highestAnswered = Math.max(highestAnswered, sequence);
    answeredHere++;
    statistics.ok(inFlight.settle(sequence), readAtNanos, true);
  }

  @Override
  public void onWrong(long sequence, Wrong wrong) {
    answeredHere++;
    statistics.corrupt(inFlight.settle(sequence), wrong);
  }

  @Override
  public void onUnawaited(long sequence) {
    statistics.duplicate(readAtNanos);
  }

  @Override
  public void onStray(Wrong wrong) {
    statistics.stray(wrong, readAtNanos);
  }

  @Override
  public void onUnusable() {
    unusable = true;
  }
}
