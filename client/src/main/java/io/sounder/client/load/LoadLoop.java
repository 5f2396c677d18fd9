package io.sounder.client.load;

import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.stats.Snapshot;
import io.sounder.client.load.verify.Envelope;
import io.sounder.client.load.verify.Verification;
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
import java.util.function.Consumer;

/**
 * One event loop, which owns a selector and a share of the sessions. It runs on one thread from
 * {@link #run}'s beginning to its end; other threads may only {@link #requestSnapshot} and {@link
 * #wakeup}.
 */
final class LoadLoop implements Runnable {
  private static final int BUFFER_BYTES = 256 << 10; // holds any datagram, and a quarter of a MiB
  private static final long TICK_MILLIS = 10;
  private static final long LINGER_NANOS = 50_000_000L;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000L;

  private final NanoClock clock;
  private final Schedule schedule;
  private final Selector selector;
  private final Opener opener = new Opener();
  private final LoopStatistics statistics = new LoopStatistics();
  private final List<Session> sessions = new ArrayList<>();
  private final AtomicReference<CompletableFuture<Snapshot>> asked = new AtomicReference<>();
  private final Consumer<SelectionKey> onReady = this::onReady;

  private boolean started;
  private boolean quiet; // nothing to send, nothing awaited
  private long quietSinceNanos;
  private long nextTickNanos;

  /**
   * Prepares a loop.
   *
   * @param firstConnection the number of its first session
   * @param count how many it has
   */
  LoadLoop(
      LoadPlan plan,
      List<SocketAddress> addresses,
      NanoClock clock,
      Schedule schedule,
      Attempts attempts,
      Payload payload,
      int firstConnection,
      int count)
      throws IOException {
    this.clock = clock;
    this.schedule = schedule;
    this.selector = Selector.open();
    boolean stream = plan.target().endpoint().scheme().isStream();
    LoopContext context =
        new LoopContext(
            plan,
            addresses,
            clock,
            selector,
            schedule,
            opener,
            attempts,
            statistics,
            plan.isTimeAtOnce()
                ? Envelope.bare(new Payload(payload.run(), 0))
                : Envelope.framed(payload, plan.target().conversation().framing()),
            new Verification(
                plan.target().endpoint().scheme(),
                plan.target().conversation(),
                payload,
                plan.pipeline() > 1),
            ByteBuffer.allocateDirect(BUFFER_BYTES),
            ByteBuffer.allocateDirect(BUFFER_BYTES));
    for (int i = firstConnection; i < firstConnection + count; i++) {
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
    } catch (IOException e) {
      throw new IllegalStateException("the selector failed", e);
    }
  }

  /** Open, select, serve, look at the time: once. */
  private void runOnce() throws IOException {
    opener.openNext(clock.nanoTime());
    startIfTold();
    selector.select(onReady, TICK_MILLIS);
    tick(clock.nanoTime());
    answerSnapshot();
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
    boolean nothingToSend = schedule.hasEnded(nowNanos) || schedule.isExhausted();
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

  private void answerSnapshot() {
    CompletableFuture<Snapshot> waiting = asked.getAndSet(null);
    if (waiting != null) {
      waiting.complete(snapshot());
    }
  }

  /** Asks the loop for what it has counted; answered within a few milliseconds while it runs. */
  CompletableFuture<Snapshot> requestSnapshot() {
    CompletableFuture<Snapshot> future = new CompletableFuture<>();
    asked.set(future);
    return future;
  }

  /** Has the loop look around now; any thread. */
  void wakeup() {
    selector.wakeup();
  }

  /** What has been counted since the last snapshot; on the loop's thread, or after its end. */
  Snapshot snapshot() {
    long nowNanos = clock.nanoTime();
    long oldest = 0;
    for (Session session : sessions) {
      oldest = Math.max(oldest, session.oldestPendingNanos(nowNanos));
    }
    return statistics.snapshot(oldest);
  }

  /** When its last request ended well; after the loop's end. */
  long lastEndNanos() {
    return statistics.lastEndNanos();
  }

  /** Closes all sockets; after the loop's end. */
  void close() {
    sessions.forEach(Session::close);
    try {
      selector.close();
    } catch (IOException e) {
      throw new IllegalStateException("the selector cannot be closed", e);
    }
  }
}
