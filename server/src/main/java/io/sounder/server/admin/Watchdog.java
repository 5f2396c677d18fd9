package io.sounder.server.admin;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts threads that take too long. An interrupt closes the channel that its thread reads or
 * writes, so a peer that sends or takes nothing cannot keep a thread.
 */
final class Watchdog {
  private final ScheduledThreadPoolExecutor timer;
  private final long limitNanos;

  /**
   * One that does not yet watch.
   *
   * @param limitNanos how long each may take
   */
  Watchdog(long limitNanos) {
    this.limitNanos = limitNanos;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "admin-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Something that may take only so long. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** Runs a step on the calling thread, which is interrupted if that takes too long. */
  void within(Step step) throws IOException {
    Watch watch = new Watch(Thread.currentThread());
    Future<?> expiry = timer.schedule(watch::expire, limitNanos, TimeUnit.NANOSECONDS);
    try {
      step.run();
    } finally {
      expiry.cancel(false);
      watch.end();
    }
  }

  void stop() {
    timer.shutdownNow();
  }

  /** One thread, while it is watched. */
  private static final class Watch {
    private final Thread watched;
    private boolean over;
    private boolean expired;

    private Watch(Thread watched) {
      this.watched = watched;
    }

    private synchronized void expire() {
      if (!over) {
        expired = true;
        watched.interrupt();
      }
    }

    private synchronized void end() {
      over = true;
      if (expired) {
        Thread.interrupted(); // it was for this step, and must not end the next one
      }
    }
  }
}
