package io.sounder.server;

import io.sounder.server.connection.NanoClock;
import io.sounder.server.metrics.Counters;
import io.sounder.server.metrics.Summary;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a summary of the counters in one line. */
final class StatsLog {
  private static final Logger LOG = LoggerFactory.getLogger(StatsLog.class);

  private final Server server;
  private final NanoClock clock;
  private CountDownLatch stopped = new CountDownLatch(1);
  private long lastEvents;
  private long lastMessages;
  private long lastNanos;

  StatsLog(Server server, NanoClock clock) {
    this.server = server;
    this.clock = clock;
    this.lastNanos = clock.nanoTime();
  }

  /**
   * Logs from now on, each time so many nanoseconds have passed and something has happened.
   *
   * @param periodNanos 0 for never
   */
  synchronized void every(long periodNanos) {
    stop();
    if (periodNanos > 0) {
      CountDownLatch end = new CountDownLatch(1);
      stopped = end;
      Thread thread = new Thread(() -> logUntil(end, periodNanos), "stats");
      thread.setDaemon(true);
      thread.start();
    }
  }

  synchronized void stop() {
    stopped.countDown();
  }

  private void logUntil(CountDownLatch end, long periodNanos) {
    try {
      while (!end.await(periodNanos, TimeUnit.NANOSECONDS)) {
        logIfBusy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Logs, if anything happened since the last time. */
  private synchronized void logIfBusy() {
    Counters counters = server.counters();
    long events =
        counters.accepted()
            + counters.datagrams()
            + counters.closed()
            + Summary.messages(server.pool());
    if (events != lastEvents) {
      lastEvents = events;
      log("so far");
    }
  }

  /** Logs. */
  synchronized void log(String what) {
    long now = clock.nanoTime();
    long messages = Summary.messages(server.pool());
    double perSecond = (messages - lastMessages) * 1e9 / Math.max(1, now - lastNanos);
    lastNanos = now;
    lastMessages = messages;
    LOG.info("{}: {}", what, server.summary(perSecond));
  }
}
