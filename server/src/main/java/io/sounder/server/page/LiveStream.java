package io.sounder.server.page;

import io.sounder.server.admin.Answer;
import io.sounder.server.connection.NanoClock;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One stream of events: the counters each second, and ten times a second what arrived at the
 * listener that is watched.
 */
final class LiveStream {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long STATS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Happenings happenings;
  private final NanoClock clock;

  LiveStream(Happenings happenings, NanoClock clock) {
    this.happenings = happenings;
    this.clock = clock;
  }

  /**
   * Tells what happens until nobody listens any more.
   *
   * @param watched the name of a listener; empty for none
   */
  void run(String watched, Answer.Outflow out) throws IOException, InterruptedException {
    try (happenings) {
      long nextStatsNanos = clock.nanoTime();
      while (true) {
        String news = happenings.messages();
        if (nextStatsNanos - clock.nanoTime() <= 0) {
          happenings.watch(watched);
          news += happenings.listeners() + happenings.stats();
          nextStatsNanos = next(nextStatsNanos);
        }
        if (!news.isEmpty()) {
          out.write(news);
        }
        await();
      }
    }
  }

  /** A second later, or from now on after a write that took longer than that. */
  private long next(long statsNanos) {
    long now = clock.nanoTime();
    return now - statsNanos >= STATS_NANOS ? now + STATS_NANOS : statsNanos + STATS_NANOS;
  }

  private void await() throws InterruptedException {
    LockSupport.parkNanos(this, LOOK_NANOS);
    if (Thread.interrupted()) {
      throw new InterruptedException("the service ends");
    }
  }
}
