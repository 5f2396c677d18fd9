package io.sounder.server.supervise;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A supervisor that speaks sd_notify(3). Has one thread, which does all that takes time. */
final class Systemd implements Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Systemd.class);

  private static final long FAREWELL_SECONDS = 2; // a supervisor that is stuck must not hold us up
  private static final long MOST_ROUND_TRIP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Messenger messenger;
  private final long watchdogPeriodNanos;
  private final ScheduledThreadPoolExecutor thread;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private boolean hasFailed;

  /**
   * One that is told nothing yet.
   *
   * @param watchdogPeriodNanos how often it wants to hear that the reactor lives, or {@link
   *     WatchdogPeriod#NONE}
   */
  Systemd(Messenger messenger, long watchdogPeriodNanos) {
    this.messenger = messenger;
    this.watchdogPeriodNanos = watchdogPeriodNanos;
    this.thread = new ScheduledThreadPoolExecutor(1, Systemd::daemon);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "supervisor");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void ready(String status) {
    if (!stopping.get()) {
      say("READY=1", "STATUS=" + status);
    }
  }

  @Override
  public void reloading() {
    if (!stopping.get()) {
      say("RELOADING=1", "STATUS=reading the configuration again");
    }
  }

  @Override
  public void stopping(String status) {
    if (stopping.compareAndSet(false, true)) {
      say("STOPPING=1", "STATUS=" + status);
    }
  }

  @Override
  public void watch(RoundTrip reactor) {
    if (watchdogPeriodNanos == WatchdogPeriod.NONE) {
      return;
    }
    // The future would tell of what beat() throws, which is nothing.
    var unused =
        thread.scheduleAtFixedRate(
            () -> beat(reactor), 0, watchdogPeriodNanos, TimeUnit.NANOSECONDS);
  }

  /** Reports the process alive, if the reactor answers before the next report is due. */
  void beat(RoundTrip reactor) {
    try {
      if (reactor.isAnswered(Math.min(MOST_ROUND_TRIP_NANOS, watchdogPeriodNanos))) {
        send("WATCHDOG=1");
      } else {
        LOG.debug("not reported alive: the reactor does not answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the end has come
    }
  }

  private void say(String... assignments) {
    try {
      thread.execute(() -> send(assignments));
    } catch (RejectedExecutionException e) {
      LOG.debug("not said after the end: {}", assignments[0]);
    }
  }

  /** On the thread of its own; warns of the first failure, since the others are the same. */
  private void send(String... assignments) {
    try {
      messenger.send(assignments);
    } catch (IOException e) {
      if (!hasFailed) {
        hasFailed = true;
        LOG.warn("the supervisor is not told how the service gets on: {}", e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the end has come
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
