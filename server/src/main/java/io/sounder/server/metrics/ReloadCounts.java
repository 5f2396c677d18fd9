package io.sounder.server.metrics;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** How often the configuration was read again, and whether it could be followed. Any thread. */
public final class ReloadCounts {
  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile long lastDoneSeconds;
  private volatile boolean lastWasDone = true;

  /** The configuration with which the service started holds from then on. */
  public void onStarted(Instant now) {
    lastDoneSeconds = now.getEpochSecond();
  }

  /** Another one holds since then. */
  public void onDone(Instant now) {
    done.increment();
    lastDoneSeconds = now.getEpochSecond();
    lastWasDone = true;
  }

  /** One could not be followed, and nothing was changed. */
  public void onFailed() {
    failed.increment();
    lastWasDone = false;
  }

  public long done() {
    return done.sum();
  }

  public long failed() {
    return failed.sum();
  }

  /** Since when the configuration holds that does, in seconds since 1970-01-01 UTC. */
  public long lastDoneSeconds() {
    return lastDoneSeconds;
  }

  /** Whether the last that was read could be followed. */
  public boolean wasLastDone() {
    return lastWasDone;
  }
}
