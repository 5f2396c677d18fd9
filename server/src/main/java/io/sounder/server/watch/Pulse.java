package io.sounder.server.watch;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one thread says of itself, so that a watcher can tell whether it gets on: it begins a step,
 * or rests. Written by that thread alone, a store each time and no look at a clock; read by anyone.
 */
public final class Pulse {
  private static final int CELLS = 17;

  /** The one that is used: no other thread's are within a cache line of it. */
  private static final int CELL = CELLS / 2;

  private final AtomicLongArray steps = new AtomicLongArray(CELLS); // odd at work; only grows
  private final AtomicLong allowedNanos = new AtomicLong();

  /** Its thread: begins a step that must be short. */
  public void beat() {
    steps.setRelease(CELL, (steps.getPlain(CELL) | 1) + 2);
  }

  /** Its thread: has nothing to do, and may wait for as long as it likes. */
  public void rest() {
    steps.setRelease(CELL, (steps.getPlain(CELL) | 1) + 1);
  }

  /**
   * Its thread: begins a step that is meant to take so long; {@link #beatAfterWork} must follow.
   */
  public void beatForWork(long nanos) {
    allowedNanos.setRelease(nanos);
    beat();
  }

  /** Its thread: the step that was meant to be long is over, and a short one begins. */
  public void beatAfterWork() {
    beat();
    allowedNanos.setRelease(0);
  }

  /** Any thread: a number that is another one as soon as the thread gets on. */
  long steps() {
    return steps.getAcquire(CELL);
  }

  /** Whether this number of steps is one of a thread at work. */
  static boolean isAtWork(long steps) {
    return (steps & 1) != 0;
  }

  /** Any thread: how long the current step is meant to take, beyond what any may. */
  long allowedNanos() {
    return allowedNanos.getAcquire();
  }
}
