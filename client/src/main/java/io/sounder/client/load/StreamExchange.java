package io.sounder.client.load;

import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.verify.InFlight;
import io.sounder.client.load.verify.Replies;
import io.sounder.client.load.verify.StreamVerifier;
import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;

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
  private final long mostHere; // requests on one connection

  private StreamVerifier verifier;
  private long sentHere; // on this connection
  private long answeredHere;
  private long highestAnswered = -1;
  private boolean unusable;
  private long fullSinceNanos = Pacer.NEVER; // since when the socket has no room for what is begun
  private long readAtNanos;

  StreamExchange(LoopContext context, int connection) {
    this.context = context;
    this.statistics = context.statistics();
    this.plan = context.plan();
    this.connection = connection;
    this.inFlight = new InFlight(plan.pipeline());
    this.outbox = new Outbox(context, connection);
    this.mostHere = plan.requestsOnOneConnection();
  }

  /** A new connection is there. */
  void restart() {
    sentHere = 0;
    answeredHere = 0;
    unusable = false;
    fullSinceNanos = Pacer.NEVER;
    outbox.restart(inFlight.next());
    verifier = context.verification().newStream(connection, inFlight, this);
  }

  /**
   * Begins the requests that are due and may be in flight, and writes them and what is left of
   * earlier ones.
   *
   * @param connectNanos when the connect began, which is the request where the peer speaks at once
   * @param most how many to begin at most
   * @param roomSinceNanos since when there may have been room for them; {@link Pacer#NEVER} if
   *     there was whenever one fell due
   * @return whether all is written
   */
  boolean send(Wire wire, long connectNanos, int most, long roomSinceNanos, long nowNanos)
      throws IOException {
    Pacer pacer = context.pacer();
    for (int i = 0; i < most && mayBegin() && pacer.claim(nowNanos); i++) {
      begin(
          plan.isTimeAtOnce() ? connectNanos : pacer.claimedNanos(),
          plan.isTimeAtOnce() ? connectNanos : nowNanos,
          roomSinceNanos);
    }
    boolean all = outbox.flush(wire, inFlight.next(), nowNanos);
    noteRoom(all, nowNanos);
    if (plan.isSilent()) {
      settleWritten(nowNanos);
    }
    return all;
  }

  private void begin(long plannedNanos, long sentNanos, long roomSinceNanos) {
    inFlight.begin(plannedNanos, sentNanos);
    statistics.sent(plannedNanos, context.pacer().lagNanos(roomSinceNanos, sentNanos));
    sentHere++;
  }

  private boolean mayBegin() {
    return inFlight.count() < plan.pipeline() && sentHere < mostHere;
  }

  /** Whether another request could begin and be written now. */
  boolean hasRoom() {
    return mayBegin() && fullSinceNanos == Pacer.NEVER;
  }

  private void noteRoom(boolean all, long nowNanos) {
    if (all && fullSinceNanos != Pacer.NEVER) {
      statistics.sendBufferFull(fullSinceNanos, nowNanos);
      fullSinceNanos = Pacer.NEVER;
    } else if (!all && fullSinceNanos == Pacer.NEVER) {
      fullSinceNanos = nowNanos;
    }
  }

  /** Where nobody answers, what is written is done. */
  private void settleWritten(long nowNanos) {
    while (inFlight.oldest() < outbox.sequence()) {
      answeredHere++;
      long planned = inFlight.plannedNanos(inFlight.oldest());
      long sent = inFlight.settle(inFlight.oldest());
      statistics.ok(planned, sent, nowNanos, false);
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
    noteRoom(true, context.clock().nanoTime()); // it waits for none any more
    while (!inFlight.isEmpty()) {
      long planned = inFlight.plannedNanos(inFlight.oldest());
      inFlight.settle(inFlight.oldest());
      statistics.failed(planned, errorClass);
    }
  }

  /** The test is over: what is in flight has no reply, and stays pending. */
  void tellUnanswered(long nowNanos) {
    noteRoom(true, nowNanos);
    for (long sequence = inFlight.oldest(); sequence < inFlight.next(); sequence++) {
      if (inFlight.isAwaited(sequence)) {
        statistics.unanswered(
            inFlight.plannedNanos(sequence), inFlight.sentNanos(sequence), nowNanos);
      }
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

  /** Whether all is answered that we want to ask on one connection. */
  boolean isUsedUp() {
    return answeredHere == plan.life().requestsPerConnection() && inFlight.isEmpty();
  }

  long oldestPendingNanos(long nowNanos) {
    return inFlight.isEmpty() ? 0 : nowNanos - inFlight.sentNanos(inFlight.oldest());
  }

  @Override
  public void onRight(long sequence) {
    if (sequence < highestAnswered) {
      statistics.reordered(inFlight.plannedNanos(sequence));
    }
    highestAnswered = Math.max(highestAnswered, sequence);
    answeredHere++;
    long planned = inFlight.plannedNanos(sequence);
    statistics.ok(planned, inFlight.settle(sequence), readAtNanos, true);
  }

  @Override
  public void onWrong(long sequence, Wrong wrong) {
    answeredHere++;
    long planned = inFlight.plannedNanos(sequence);
    inFlight.settle(sequence);
    statistics.corrupt(planned, wrong);
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
