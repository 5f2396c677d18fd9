package io.sounder.server.worker;

import io.sounder.server.connection.Handoff;
import io.sounder.server.watch.Pulse;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread of the pool: claims from the ready queues and takes turns until there is nothing left,
 * then parks.
 */
final class Worker implements Runnable {
  /**
   * Small enough that a second worker finds something left, large enough that the queue's head is
   * moved rarely.
   */
  private static final int CHUNK = 8;

  private final WorkerPool pool;
  private final Turns turns;
  private final Pulse pulse;
  private final Handoff[] chunk = new Handoff[CHUNK];
  private final Handoff[] heavyChunk =
      new Handoff[1]; // one at a time, so that every worker gets a share
  private final SleepFlag parked = new SleepFlag();
  private Thread thread;

  Worker(WorkerPool pool, TurnContext context) {
    this.pool = pool;
    this.turns = new Turns(context);
    this.pulse = context.pulse();
  }

  Thread start(String name) {
    thread = new Thread(this, name);
    thread.start();
    return thread;
  }

  Pulse pulse() {
    return pulse;
  }

  boolean isParked() {
    return parked.isAsleep();
  }

  /** Any thread: wakes this worker if it is parked. */
  boolean tryWake() {
    if (parked.tryWake()) {
      LockSupport.unpark(thread);
      return true;
    }
    return false;
  }

  @Override
  public void run() {
    boolean woken = false;
    while (!pool.isStopped()) {
      int done = claimAndRun();
      if (woken) {
        pool.onWoken(done > 0);
        woken = false;
      }
      if (done == 0) {
        woken = park();
      }
    }
  }

  private int claimAndRun() {
    int light = pool.claim(chunk);
    int heavy = pool.claimHeavy(heavyChunk);
    if (light + heavy > 0) {
      pool.wakeForMore();
    }
    run(chunk, light);
    run(heavyChunk, heavy);
    turns.onChunkDone();
    pulse.rest();
    return light + heavy;
  }

  private void run(Handoff[] claimed, int count) {
    for (int i = 0; i < count; i++) {
      Handoff next = claimed[i];
      claimed[i] = null;
      turns.run(next);
    }
  }

  /**
   * Sleeps until it is woken. It says so before it looks at the queues for the last time, and
   * whoever fills them looks at that afterwards, so that no wake-up is lost.
   *
   * @return whether someone woke it, for what was in the queues
   */
  private boolean park() {
    parked.fallAsleep();
    while (parked.isAsleep() && !pool.isStopped()) {
      if (pool.hasWorkForParked()) {
        return !parked.rise();
      }
      LockSupport.park(this);
      Thread.interrupted(); // an interrupted thread would never park again, but spin
    }
    return !parked.rise() && !pool.isStopped();
  }
}
