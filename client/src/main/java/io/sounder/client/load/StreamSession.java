package io.sounder.client.load;

import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.verify.Greetings;
import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.wire.Wire;
import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.Units;
import io.sounder.protocol.reply.TemplateMatcher.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/**
 * A session on a stream socket; a handshake belongs to CONNECTING, and is {@link StreamDial}'s.
 *
 * <pre>
 *   CLOSED --opener--> CONNECTING --> GREETING --> OPEN --close-after reached--> ENDING
 *      ^                    |             |          |                             |
 *      +--------------------+-------------+----------+-------- end of stream ------+
 * </pre>
 */
final class StreamSession implements Session, StreamDial.Outcome {
  private static final int READS_PER_TURN = 4; // one fast peer must not starve the others
  private static final int SILENT_ROUNDS_PER_TURN = 64; // the same, where nobody answers

  private enum Phase {
    CLOSED,
    CONNECTING,
    GREETING,
    OPEN,
    ENDING
  }

  private final LoopContext context;
  private final LoopStatistics statistics;
  private final LoadPlan plan;
  private final StreamExchange exchange;
  private final StreamDial dial;
  private final Backoff backoff = new Backoff();

  private Phase phase = Phase.CLOSED;
  private boolean asked; // of the opener, while closed
  private boolean started; // told by the loop, so that it knows which requests are measured
  private boolean tried;
  private boolean offered; // to the dispatcher
  private long retryAtNanos; // while closed
  private long sinceNanos; // when the phase began
  private long readAtNanos;

  private SelectionKey key; // while connected
  private Wire wire;
  private Greetings greetings;

  StreamSession(LoopContext context, int connection) {
    this.context = context;
    this.statistics = context.statistics();
    this.plan = context.plan();
    this.exchange = new StreamExchange(context, connection);
    this.dial = new StreamDial(context, connection, this, this);
    this.asked = true;
  }

  @Override
  public void open(long nowNanos) {
    asked = false;
    phase = Phase.CONNECTING;
    dial.begin();
  }

  @Override
  public void onNotConnected(IOException cause, long nowNanos) {
    phase = Phase.CLOSED;
    context.opener().onAttemptEnded();
    countError(ErrorClass.of(cause), nowNanos);
    if (!tried) {
      tried = true;
      context.attempts().onFailure(cause);
    }
    retryLater(nowNanos);
  }

  @Override
  public void onConnected(SelectionKey connected, Wire opened, long nowNanos) {
    context.opener().onAttemptEnded();
    key = connected;
    wire = opened;
    exchange.restart();
    Conversation conversation = plan.target().conversation();
    greetings = conversation.greetings().isEmpty() ? null : new Greetings(conversation);
    phase = Phase.GREETING;
    sinceNanos = nowNanos;
    if (greetings == null) {
      onGreeted();
    }
    if (wire != null && wire.hasMore()) {
      read(); // what came with the end of the handshake
    }
  }

  private void onGreeted() {
    phase = Phase.OPEN;
    statistics.connections().onOpened();
    if (!tried) {
      tried = true;
      context.attempts().onSuccess();
    }
    if (plan.isTimeAtOnce() && !started) {
      closeUnasked();
      asked = true;
      return;
    }
    pump();
    if (plan.isTimeAtOnce() && phase == Phase.OPEN && exchange.isIdle()) {
      closeUnasked();
    }
  }

  /** The one reply is on the way already, and nobody has asked for it yet, or will any more. */
  private void closeUnasked() {
    release();
    retryAtNanos = context.clock().nanoTime() + Backoff.LONGEST_NANOS;
  }

  @Override
  public void onStart() {
    started = true;
    if (phase == Phase.OPEN) {
      pump();
    } else if (phase == Phase.CLOSED && plan.isTimeAtOnce()) {
      context.opener().request(this);
    }
  }

  @Override
  public void onDue() {
    offered = false;
    pump(1, Pacer.NEVER);
  }

  @Override
  public void accept(SelectionKey ready) {
    if (phase == Phase.CONNECTING) {
      dial.onReady(context.clock().nanoTime());
      return;
    }
    if (ready.isWritable()) {
      pump();
    }
    if (key == ready && ready.isReadable()) {
      read();
    }
  }

  private void read() {
    ByteBuffer buffer = context.readBuffer();
    try {
      for (int i = 0; i < READS_PER_TURN || wire.hasMore(); i++) {
        buffer.clear();
        int read = i < READS_PER_TURN ? wire.read(buffer) : wire.readWaiting(buffer);
        readAtNanos = context.clock().nanoTime();
        if (read < 0) {
          onEnd();
          return;
        }
        statistics.bytesReceived(read, readAtNanos);
        deliver(buffer.flip());
        if (phase == Phase.CLOSED) {
          return;
        }
        if (read < buffer.capacity() && !wire.hasMore()) {
          break; // that was all; asking again would only say so
        }
      }
    } catch (IOException e) {
      onBroken(e);
      return;
    }
    pump();
  }

  private void deliver(ByteBuffer bytes) {
    if (phase == Phase.GREETING) {
      State state = greetings.take(bytes);
      if (state == State.MISMATCH) {
        onWrongGreeting();
      } else if (state == State.COMPLETE) {
        onGreeted();
      }
    }
    if (phase == Phase.OPEN || phase == Phase.ENDING) {
      exchange.receive(bytes, readAtNanos);
      if (exchange.isUnusable()) {
        abandon(ErrorClass.PROTOCOL);
      } else if (phase == Phase.OPEN && exchange.isUsedUp()) {
        reopen(readAtNanos);
      } else if (phase == Phase.OPEN && exchange.isComplete()) {
        phase = Phase.ENDING;
        sinceNanos = readAtNanos;
      }
    }
  }

  private void onWrongGreeting() {
    statistics.stray(Wrong.WRONG_GREETING, readAtNanos);
    failGreeting(ErrorClass.PROTOCOL, "sent another greeting than the target's keys say");
  }

  private void onNoGreeting(ErrorClass errorClass, String what) {
    countError(errorClass, readAtNanos);
    failGreeting(errorClass, what);
  }

  /** After the end of the sending nobody needs the connection any more. */
  private void countError(ErrorClass errorClass, long nowNanos) {
    if (!context.schedule().hasEnded(nowNanos)) {
      statistics.connections().onError(errorClass);
    }
  }

  private void failGreeting(ErrorClass errorClass, String what) {
    if (!tried) {
      tried = true;
      String message = plan.target().endpoint() + " " + what;
      context.attempts().onFailure(new ClientFailure(errorClass, message));
    }
    release();
    retryLater(readAtNanos);
  }

  /** Sends what is due and may be in flight, and what is left of earlier requests. */
  private void pump() {
    pump(context.mostOutOfTurn(), context.lookout().readySinceNanos());
  }

  private void pump(int most, long roomSinceNanos) {
    if (phase != Phase.OPEN || !started) {
      return;
    }
    try {
      boolean all = send(most, roomSinceNanos);
      boolean again = plan.isSilent() && !context.pacer().isOpenLoop();
      for (int i = 1; again && all && i < SILENT_ROUNDS_PER_TURN; i++) {
        all = send(most, roomSinceNanos);
      }
      if (all && plan.isSilent() && exchange.isUsedUp()) {
        reopen(context.clock().nanoTime()); // no reply will say so
        return;
      }
      boolean goesOn = again && !context.schedule().hasEnded(context.clock().nanoTime());
      await(all && !goesOn ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      offer();
    } catch (IOException e) {
      onBroken(e);
    }
  }

  private boolean send(int most, long roomSinceNanos) throws IOException {
    return exchange.send(wire, dial.sinceNanos(), most, roomSinceNanos, context.clock().nanoTime());
  }

  private void offer() {
    if (!offered && context.pacer().isOpenLoop() && exchange.hasRoom()) {
      offered = true;
      context.dispatcher().offer(this);
    }
  }

  private void await(int operations) {
    if (key.interestOps() != operations) {
      key.interestOps(operations);
    }
  }

  private void onEnd() {
    if (phase == Phase.GREETING) {
      onNoGreeting(ErrorClass.CLOSED_EARLY, "closed the connection before its greeting was over");
      return;
    }
    exchange.finish();
    if ((exchange.isComplete() && exchange.isIdle()) || exchange.isUsedUp()) {
      reopen(readAtNanos);
    } else {
      abandon(exchange.isUnusable() ? ErrorClass.PROTOCOL : ErrorClass.CLOSED_EARLY);
    }
  }

  private void onBroken(IOException cause) {
    readAtNanos = context.clock().nanoTime();
    if (phase == Phase.GREETING) {
      onNoGreeting(ErrorClass.of(cause), "broke the connection off before its greeting was over");
    } else {
      abandon(ErrorClass.of(cause));
    }
  }

  /** Gives the connection up, and with it what is in flight. */
  private void abandon(ErrorClass errorClass) {
    boolean counts = exchange.isIdle() && !exchange.isUnusable();
    exchange.failAll(errorClass);
    if (counts) {
      countError(errorClass, readAtNanos);
    }
    if (exchange.isFruitful()) {
      reopen(readAtNanos);
    } else {
      release();
      retryLater(readAtNanos);
    }
  }

  private void reopen(long nowNanos) {
    release();
    backoff.reset();
    if (!context.schedule().hasEnded(nowNanos)) {
      asked = true;
      context.opener().request(this);
    }
  }

  private void retryLater(long nowNanos) {
    retryAtNanos = nowNanos + backoff.nextPauseNanos();
  }

  @Override
  public void onTick(long nowNanos) {
    boolean over = nowNanos - sinceNanos - plan.timeoutNanos() >= 0;
    switch (phase) {
      case CLOSED -> {
        if (!asked && retryAtNanos - nowNanos <= 0 && !context.schedule().hasEnded(nowNanos)) {
          asked = true;
          context.opener().request(this);
        }
      }
      case CONNECTING -> dial.onTick(nowNanos);
      case GREETING -> {
        if (over) {
          readAtNanos = nowNanos;
          onNoGreeting(
              ErrorClass.REPLY_TIMEOUT,
              "did not send its greeting within " + Units.durationText(plan.timeoutNanos()));
        }
      }
      case OPEN -> expire(nowNanos);
      case ENDING -> {
        if (over) {
          statistics.connections().onError(ErrorClass.PROTOCOL); // it does not close as it should
          reopen(nowNanos);
        }
      }
    }
  }

  private void expire(long nowNanos) {
    if (context.schedule().hasEnded(nowNanos) || !exchange.isOverdue(nowNanos)) {
      return; // after the end, what is unanswered stays pending
    }
    exchange.judgeOverdue(nowNanos);
    readAtNanos = nowNanos;
    abandon(ErrorClass.REPLY_TIMEOUT);
  }

  @Override
  public long oldestPendingNanos(long nowNanos) {
    return exchange.oldestPendingNanos(nowNanos);
  }

  @Override
  public void tellUnanswered(long nowNanos) {
    exchange.tellUnanswered(nowNanos);
  }

  private void release() {
    boolean wasOpen = phase == Phase.OPEN || phase == Phase.ENDING;
    phase = Phase.CLOSED;
    if (wasOpen) {
      statistics.connections().onClosed();
    }
    close();
  }

  @Override
  public void close() {
    dial.close();
    if (wire == null) {
      return;
    }
    try {
      wire.close();
    } catch (IOException e) {
      statistics.connections().onError(ErrorClass.of(e));
    }
    wire = null;
    key = null;
  }
}
