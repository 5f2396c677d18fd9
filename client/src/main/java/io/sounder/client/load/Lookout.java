package io.sounder.client.load;

import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.net.NanoClock;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/**
 * Looks at a loop's sockets, and waits if nothing is to be done: until a socket is ready, the next
 * request is due, or a tick is over. It knows since when what it finds may have been there, which
 * is how a request that waited for room is told from one that waited for us.
 *
 * <p>Waiting for a planned moment: far from it in a select that an {@link Alarm} ends; near to it
 * by looking again and again, since a thread that sleeps is woken too late: by Linux's timer slack
 * of 50 µs, and by what it takes to wake two threads.
 */
final class Lookout implements AutoCloseable {
  static final long TICK_MILLIS = 10;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000L;
  private static final long WAKE_UP_NANOS = 100_000L;

  private final NanoClock clock;
  private final Selector selector;
  private final LoopStatistics statistics;
  private final Pacer pacer;
  private final Consumer<SelectionKey> onReady;
  private final Consumer<SelectionKey> onKey = this::onKey;
  private final Alarm alarm; // null in a closed loop

  private long lookedNanos; // when the look began that is under way
  private long lookedBeforeNanos; // when the one before began
  private long foundNanos; // when the look under way, or the last, brought something
  private long stallNanos; // before the look under way; 0 if it has delayed nothing
  private boolean waiting; // in a select that blocks
  private boolean serving; // what the look under way has brought
  private boolean found;

  Lookout(
      NanoClock clock,
      Selector selector,
      LoopStatistics statistics,
      Consumer<SelectionKey> onReady,
      Pacer pacer) {
    this.clock = clock;
    this.selector = selector;
    this.statistics = statistics;
    this.onReady = onReady;
    this.pacer = pacer;
    this.alarm = pacer.isOpenLoop() ? new Alarm(clock, selector) : null;
    this.lookedNanos = clock.nanoTime();
    this.foundNanos = lookedNanos;
  }

  /** Waits for sockets only, or for the tick. */
  void await() throws IOException {
    begin();
    block();
  }

  /**
   * Looks, and waits if nothing is there.
   *
   * @param untilNextNanos how long until something else is to be done: 0 for at once, {@link
   *     Pacer#NEVER} if nothing is known
   */
  void await(long untilNextNanos) throws IOException {
    begin();
    serving = true;
    selector.selectNow(onKey);
    serving = false;
    stallNanos = 0;
    if (found || untilNextNanos <= WAKE_UP_NANOS) {
      return;
    }
    if (untilNextNanos < TICK_NANOS) {
      alarm.set(lookedNanos + untilNextNanos - WAKE_UP_NANOS);
    }
    block();
  }

  private void begin() {
    long nowNanos = clock.nanoTime();
    long busyNanos = nowNanos - foundNanos;
    if (busyNanos >= LoopStatistics.STALL_NANOS) {
      statistics.stalled(nowNanos, busyNanos);
      stallNanos = busyNanos;
    }
    lookedBeforeNanos = lookedNanos;
    lookedNanos = nowNanos;
    foundNanos = nowNanos;
    found = false;
  }

  private void block() throws IOException {
    waiting = true;
    serving = true;
    selector.select(onKey, TICK_MILLIS);
    serving = false;
    waiting = false;
    if (!found) {
      foundNanos = wokenNanos();
    }
  }

  /** Now; or when the tick was over, if we were not woken then. */
  private long wokenNanos() {
    long tickEnd = lookedNanos + TICK_NANOS;
    long nowNanos = clock.nanoTime();
    return nowNanos - tickEnd > 0 ? tickEnd : nowNanos;
  }

  private void onKey(SelectionKey key) {
    if (!found) {
      found = true;
      foundNanos = waiting ? wokenNanos() : lookedNanos;
      if (stallNanos > 0) {
        pacer.onStall(stallNanos);
      }
    }
    onReady.accept(key);
  }

  /**
   * The earliest moment at which what is being served may have been there to be seen: that of the
   * look before, unless we have waited for it since. Now, if nothing is being served.
   */
  long readySinceNanos() {
    if (!serving) {
      return clock.nanoTime();
    }
    return waiting ? foundNanos : lookedBeforeNanos;
  }

  @Override
  public void close() {
    if (alarm != null) {
      alarm.close();
    }
  }
}
