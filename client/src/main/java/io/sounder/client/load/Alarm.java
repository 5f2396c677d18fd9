package io.sounder.client.load;

import io.sounder.client.net.NanoClock;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector at a moment: a select's own time-out knows whole milliseconds only. A thread
 * that is parked most of the time; {@link #set} is for the selector's thread.
 *
 * <p>To unpark it for each moment would cost as much as the request. So after a wake-up it parks
 * for as long as between the two moments before, and looks whether the next one has been set by
 * then; it is unparked only for one that comes sooner.
 */
final class Alarm implements AutoCloseable {
  private static final long UNSET = Long.MAX_VALUE;
  private static final long LONGEST_GUESS_NANOS = 20_000_000L;

  private final NanoClock clock;
  private final Selector selector;
  private final Thread thread;
  private volatile long dueNanos = UNSET;
  private volatile long parkedUntilNanos = UNSET;
  private volatile boolean closed;

  private long firedNanos; // the moment, as it was set; the thread's own
  private long gapNanos = UNSET; // between the two moments before

  Alarm(NanoClock clock, Selector selector) {
    this.clock = clock;
    this.selector = selector;
    this.thread = new Thread(this::run, "load-alarm");
    thread.setDaemon(true);
    thread.start();
  }

  /** Wakes the selector then, and not at the moment that was set before. */
  void set(long nanos) {
    if (dueNanos == nanos) {
      return;
    }
    dueNanos = nanos;
    long parkedUntil = parkedUntilNanos;
    if (parkedUntil == UNSET || nanos - parkedUntil < 0) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      long due = dueNanos;
      if (due == UNSET) {
        awaitMoment();
      } else if (due - clock.nanoTime() > 0) {
        park(due);
      } else {
        fire(due);
      }
    }
  }

  private void awaitMoment() {
    boolean guessed = gapNanos < LONGEST_GUESS_NANOS;
    if (guessed) {
      long guess = firedNanos + gapNanos;
      gapNanos = UNSET; // one guess for each wake-up
      park(guess);
    } else {
      parkedUntilNanos = UNSET;
      if (dueNanos == UNSET) {
        LockSupport.park(this);
      }
    }
  }

  private void park(long untilNanos) {
    long before = dueNanos;
    parkedUntilNanos = untilNanos;
    long wait = untilNanos - clock.nanoTime();
    if (wait > 0 && dueNanos == before) {
      LockSupport.parkNanos(this, wait);
    }
  }

  private void fire(long due) {
    gapNanos = due - firedNanos;
    firedNanos = due;
    parkedUntilNanos = UNSET;
    if (dueNanos == due) {
      dueNanos = UNSET; // a moment set meanwhile may be lost here: the wake-up has it set again
    }
    selector.wakeup();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
