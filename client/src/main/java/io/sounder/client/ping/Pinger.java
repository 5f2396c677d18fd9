package io.sounder.client.ping;

import io.sounder.client.message.ExpectedReplies;
import io.sounder.client.net.Deadline;
import io.sounder.client.net.Dialer;
import io.sounder.client.net.MessageLink;
import io.sounder.client.net.NanoClock;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.text.Escapes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;

/**
 * Sends one ping after the other and matches what comes back. One thread does all of it; only
 * {@link #requestStop} may be called from another.
 */
final class Pinger implements AutoCloseable {
  /** A ping without reply for so long is given up. */
  static final long TIMEOUT_NANOS = 5_000_000_000L;

  private static final long MIN_LAST_WAIT_NANOS = 1_000_000_000L;
  private static final long MIN_WAIT_ONCE_STOPPED_NANOS = 100_000_000L;
  private static final long STRAYS_WAIT_NANOS = 50_000_000L; // for a second answer to the last ping
  private static final int MAX_SHOWN_BYTES = 200;

  private final TargetSpec target;
  private final Dialer dialer;
  private final PingReport report;
  private final NanoClock clock;
  private final PingLedger ledger = new PingLedger(TIMEOUT_NANOS);
  private final PingJudge judge;
  private final boolean isStream;
  private final boolean isPlainStream;
  private final boolean isOneAtATime;

  private volatile boolean stopRequested;
  private volatile MessageLink link;
  private PlainStream plainStream = new PlainStream();
  private String remote = "";
  private int firstOnConnection = 1;
  private boolean isAwaitingLast;

  Pinger(TargetSpec target, Dialer dialer, PingReport report, NanoClock clock, long run) {
    this.target = target;
    this.dialer = dialer;
    this.report = report;
    this.clock = clock;
    this.judge = new PingJudge(target, run);
    this.isStream = target.endpoint().scheme().isStream();
    this.isOneAtATime = !new ExpectedReplies(target).keepMessagesApart();
    this.isPlainStream = isStream && target.conversation().framing() == Framing.RAW;
  }

  /** Connects. */
  void open() {
    link = dialer.openMessages(target);
    remote = link.remoteText();
    firstOnConnection = ledger.nextSequence();
    plainStream = new PlainStream();
  }

  void announce() {
    report.start(target.text(), remote, judge.message(1).length);
  }

  /**
   * Pings until so many are sent and answered or given up, or a stop is requested.
   *
   * @throws ClientFailure if the connection fails on the way
   */
  void run(long count, long intervalNanos) {
    long nextNanos = clock.nanoTime();
    while (!stopRequested && ledger.sent() < count) {
      sendOne();
      nextNanos += intervalNanos;
      if (isOneAtATime) {
        receiveUntilAnswered();
        long nowNanos = clock.nanoTime();
        nextNanos = nextNanos - nowNanos < 0 ? nowNanos : nextNanos; // missed is not made up for
      }
      if (ledger.sent() < count) {
        receiveUntil(nextNanos);
      }
      reportLost(ledger.expire(clock.nanoTime()));
    }
    awaitLast();
  }

  private void sendOne() {
    awaitEndOfUsedUpConnection();
    if (stopRequested) {
      return;
    }
    if (link == null) {
      open();
    }
    ByteBuffer message = ByteBuffer.wrap(judge.message(ledger.nextSequence()));
    ledger.onSent(clock.nanoTime());
    try {
      link.send(message);
    } catch (ClientFailure e) {
      onFailure(e);
    }
  }

  /** A server that closes after so many messages would not answer one more. */
  private void awaitEndOfUsedUpConnection() {
    Deadline deadline = Deadline.after(clock, TIMEOUT_NANOS);
    while (link != null && isUsedUp() && !stopRequested && !deadline.hasPassed()) {
      receiveOne(deadline);
    }
  }

  private boolean isUsedUp() {
    long closeAfter = target.conversation().closeAfter();
    return closeAfter != Conversation.NEVER
        && ledger.nextSequence() - firstOnConnection >= closeAfter;
  }

  /** Takes replies until the moment comes. */
  private void receiveUntil(long momentNanos) {
    long leftNanos = momentNanos - clock.nanoTime();
    while (leftNanos > 0 && !stopRequested) {
      if (link == null) {
        Deadline.after(clock, leftNanos).pass(() -> stopRequested);
      } else {
        receiveOne(Deadline.after(clock, leftNanos));
      }
      leftNanos = momentNanos - clock.nanoTime();
    }
  }

  private void receiveUntilAnswered() {
    long giveUpNanos = clock.nanoTime() + TIMEOUT_NANOS;
    while (link != null && ledger.hasOutstanding() && !stopRequested) {
      long leftNanos = giveUpNanos - clock.nanoTime();
      if (leftNanos <= 0) {
        return;
      }
      receiveOne(Deadline.after(clock, leftNanos));
    }
  }

  /** After the last ping: for as long as replies may still be on their way. */
  private void awaitLast() {
    isAwaitingLast = true;
    long startNanos = clock.nanoTime();
    while (link != null && ledger.hasOutstanding()) {
      long waitNanos = stopRequested ? lastWaitOnceStoppedNanos() : lastWaitNanos();
      if (clock.nanoTime() - startNanos - waitNanos >= 0) {
        break;
      }
      receiveOne(Deadline.after(clock, startNanos + waitNanos - clock.nanoTime()));
    }
    if (link != null) {
      receiveUntil(clock.nanoTime() + STRAYS_WAIT_NANOS);
    }
    reportLost(ledger.giveUpAll());
  }

  private long lastWaitNanos() {
    return ledger.times().count() == 0
        ? TIMEOUT_NANOS
        : Math.max(MIN_LAST_WAIT_NANOS, 2 * ledger.times().maxNanos());
  }

  /** Whoever interrupts does not want to wait, nor be told of a loss that is none. */
  private long lastWaitOnceStoppedNanos() {
    long usualNanos = ledger.times().count() == 0 ? 0 : 2 * ledger.times().maxNanos();
    return Math.min(MIN_LAST_WAIT_NANOS, Math.max(MIN_WAIT_ONCE_STOPPED_NANOS, usualNanos));
  }

  private void receiveOne(Deadline deadline) {
    try {
      switch (link.receive(deadline)) {
        case MESSAGE -> onMessage(clock.nanoTime());
        case END -> onEnd();
        case NOTHING -> {}
      }
    } catch (ClientFailure e) {
      onFailure(e);
    }
  }

  private void onMessage(long nowNanos) {
    if (!isPlainStream) {
      onReply(link.message(), nowNanos);
      return;
    }
    for (ByteBuffer reply : plainStream.add(link.message(), judge, ledger, firstOnConnection)) {
      onReply(reply, nowNanos);
    }
  }

  private void onReply(ByteBuffer reply, long nowNanos) {
    int bytes = reply.remaining();
    OptionalInt sequence = judge.answeredBy(reply, ledger, firstOnConnection);
    if (sequence.isEmpty()) {
      ledger.onWrong();
      report.wrong(bytes, remote, Escapes.show(reply, MAX_SHOWN_BYTES));
      return;
    }
    long roundTripNanos = nowNanos - ledger.sentNanos(sequence.getAsInt()).orElse(nowNanos);
    PingLedger.Arrival arrival = ledger.onReply(sequence.getAsInt(), nowNanos);
    report.reply(bytes, remote, sequence.getAsInt(), arrival, roundTripNanos);
  }

  /** The server closed: either it was said to, and then the next ping connects again, or not. */
  private void onEnd() {
    boolean wasDone = isAwaitingLast && !ledger.hasOutstanding();
    if (!wasDone && !isUsedUp()) {
      throw new ClientFailure(
          ErrorClass.CLOSED_EARLY,
          "lost the connection to "
              + target.endpoint()
              + ": "
              + ErrorClass.CLOSED_EARLY.text()
              + ": the server closed it; if it does so after each N messages, give close-after=N");
    }
    link.close();
    link = null;
  }

  /** Over UDP the next ping may do better; a stream is lost. */
  private void onFailure(ClientFailure failure) {
    if (isStream) {
      throw failure;
    }
    switch (failure.errorClass()) {
      case REFUSED -> ledger.onRefused().ifPresent(report::refused);
      case PROTOCOL -> {
        ledger.onWrong();
        report.unreadable(failure.getMessage());
      }
      default -> throw failure;
    }
  }

  private void reportLost(List<Integer> sequences) {
    sequences.forEach(report::lost);
  }

  /** Ends {@link #run} soon; from any thread. */
  void requestStop() {
    stopRequested = true;
    MessageLink current = link;
    if (current != null) {
      current.wakeup();
    }
  }

  PingLedger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    if (link != null) {
      link.close();
    }
  }
}
