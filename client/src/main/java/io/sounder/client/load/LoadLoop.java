package io.sounder.client.load;

import io.sounder.client.load.script.Dialogue;
import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.stats.Snapshot;
import io.sounder.client.load.stats.Timings;
import io.sounder.client.net.NanoClock;
import io.sounder.protocol.payload.Payload;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One event loop, which owns a selector and a share of the sessions. It runs on one thread from
 * {@link #run}'s beginning to its end; other threads may only {@link #requestSnapshot} and {@link
 * #wakeup}.
 */
final class LoadLoop implements Runnable {
  private static final int BUFFER_BYTES =
      512 << 10; // holds any datagram; large messages cost less in large pieces
  private static final long LINGER_NANOS = 50_000_000L;
  private static final long TICK_NANOS = Lookout.TICK_MILLIS * 1_000_000L;

  private record Question(Timings spare, CompletableFuture<Snapshot> answer) {}

  private final NanoClock clock;
  private final Schedule schedule;
  private final Selector selector;
  private final Pacer pacer;
  private final Dispatcher dispatcher;
  private final Lookout lookout;
  private final Opener opener;
  private final LoopStatistics statistics;
  private final List<Session> sessions = new ArrayList<>();
  private final AtomicReference<Question> asked = new AtomicReference<>();

  private boolean started;
  private boolean hadRoom; // for a request, when last looked at before the end of the sending
  private boolean quiet; // nothing to send, nothing awaited
  private long quietSinceNanos;
  private long nextTickNanos;
  private volatile long unsent;
  private volatile boolean ended;

  /**
   * Prepares a loop.
   *
   * @param shard which of the run's loops this is, from 0
   */
  LoadLoop(
      LoadPlan plan,
      List<SocketAddress> addresses,
      NanoClock clock,
      Schedule schedule,
      Attempts attempts,
      Payload payload,
      int shard)
      throws IOException {
    this.clock = clock;
    this.schedule = schedule;
    this.selector = Selector.open();
    this.pacer = plan.newPacer(schedule, shard);
    this.dispatcher = new Dispatcher(pacer);
    this.statistics = new LoopStatistics(pacer.isOpenLoop());
    this.lookout = new Lookout(clock, selector, statistics, this::onReady, pacer);
    this.opener = new Opener(plan.life().perSecond() / plan.threads());
    boolean stream = plan.target().endpoint().scheme().isStream();
    Dialogue dialogue =
        plan.script().dialogue(plan.target(), payload, plan.connections(), plan.pipeline() > 1);
    LoopContext context =
        new LoopContext(
            plan,
            addresses,
            clock,
            selector,
            schedule,
            pacer,
            dispatcher,
            lookout,
            opener,
            attempts,
            statistics,
            dialogue.request(),
            dialogue.verifiers(),
            ByteBuffer.allocateDirect(BUFFER_BYTES),
            ByteBuffer.allocateDirect(BUFFER_BYTES));
    for (int i = plan.firstConnection(shard); i < plan.firstConnection(shard + 1); i++) {
      sessions.add(stream ? new StreamSession(context, i) : new DatagramSession(context, i));
    }
  }

  @Override
  public void run() {
    sessions.forEach(opener::request);
    nextTickNanos = clock.nanoTime();
    try {
      while (!isDone(clock.nanoTime())) {
        runOnce();
      }
      finish(clock.nanoTime());
    } catch (IOException e) {
      throw new IllegalStateException("the selector failed", e);
    } finally {
      ended = true;
      answerSnapshot();
    }
  }

  /** Open, send what is due, wait and serve, look at the time: once. */
  private void runOnce() throws IOException {
    boolean opensMore = opener.openNext(clock.nanoTime());
    startIfTold();
    if (pacer.isOpenLoop()) {
      sendAndAwait(opensMore);
    } else if (opensMore) {
      lookout.await(0);
    } else {
      lookout.await();
    }
    tick(clock.nanoTime());
    answerSnapshot();
  }

  private void sendAndAwait(boolean opensMore) throws IOException {
    long nowNanos = clock.nanoTime();
    dispatcher.dispatch(nowNanos);
    if (!schedule.hasEnded(nowNanos)) {
      hadRoom = dispatcher.hasRoom(); // the last replies make room that nothing is sent into
    }
    if (opensMore) {
      lookout.await(0);
    } else if (dispatcher.hasRoom()) {
      lookout.await(pacer.untilNextNanos(clock.nanoTime()));
    } else {
      lookout.await(Pacer.NEVER);
    }
  }

  private void onReady(SelectionKey key) {
    if (key.isValid()) {
      ((Session) key.attachment()).accept(key);
    }
  }

  private void startIfTold() {
    if (!started && schedule.isStarted()) {
      started = true;
      statistics.measureFrom(schedule.measureFromNanos());
      sessions.forEach(Session::onStart);
    }
  }

  private void tick(long nowNanos) {
    if (nextTickNanos - nowNanos > 0) {
      return;
    }
    nextTickNanos = nowNanos + TICK_NANOS;
    for (Session session : sessions) {
      session.onTick(nowNanos);
    }
  }

  /** When all is answered, a moment more: a reply too many would come now. */
  private boolean isDone(long nowNanos) {
    if (!schedule.isStarted() && !schedule.isInterrupted()) {
      return false; // whoever has no request to send still has connections to open
    }
    boolean nothingToSend = schedule.hasEnded(nowNanos) || pacer.isExhausted();
    if (!nothingToSend || statistics.pending() > 0) {
      quiet = false;
      return schedule.isDrained(nowNanos);
    }
    if (!quiet) {
      quiet = true;
      quietSinceNanos = nowNanos;
    }
    return nowNanos - quietSinceNanos - LINGER_NANOS >= 0;
  }

  /** What has no reply by now, or was not even sent, has a part in the result too. */
  private void finish(long nowNanos) {
    for (Session session : sessions) {
      session.tellUnanswered(nowNanos);
    }
    long noRoomUntilNanos = hadRoom ? Long.MIN_VALUE : schedule.endNanos();
    unsent = pacer.tellUnsent(statistics, noRoomUntilNanos, nowNanos);
  }

  private void answerSnapshot() {
    Question question = asked.getAndSet(null);
    if (question != null) {
      question.answer.complete(snapshot(question.spare));
    }
  }

  /**
   * Asks the loop for what it has counted; answered within a few milliseconds while it runs.
   *
   * @param spare empty; the loop goes on with it
   */
  CompletableFuture<Snapshot> requestSnapshot(Timings spare) {
    CompletableFuture<Snapshot> answer = new CompletableFuture<>();
    asked.set(new Question(spare, answer));
    if (ended) {
      answerSnapshot(); // in its place: it does not count any more
    }
    return answer;
  }

  /** Has the loop look around now; any thread. */
  void wakeup() {
    selector.wakeup();
  }

  /** What has been counted since the last snapshot; on the loop's thread, or after its end. */
  Snapshot snapshot(Timings spare) {
    long nowNanos = clock.nanoTime();
    long oldest = 0;
    for (Session session : sessions) {
      oldest = Math.max(oldest, session.oldestPendingNanos(nowNanos));
    }
    return statistics.snapshot(oldest, spare);
  }

  /** When its last request ended well; after the loop's end. */
  long lastEndNanos() {
    return statistics.lastEndNanos();
  }

  /** How many requests were planned for the measurement and not sent; after the loop's end. */
  long unsent() {
    return unsent;
  }

  /** Whether all requests that were asked for have been sent; after the loop's end. */
  boolean isExhausted() {
    return pacer.isExhausted();
  }

  /** Closes all sockets; after the loop's end. */
  void close() {
    lookout.close();
    sessions.forEach(Session::close);
    try {
      selector.close();
    } catch (IOException e) {
      throw new IllegalStateException("the selector cannot be closed", e);
    }
  }
}
