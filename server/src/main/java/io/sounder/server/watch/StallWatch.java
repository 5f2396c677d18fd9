package io.sounder.server.watch;

import io.sounder.server.connection.NanoClock;
import io.sounder.server.metrics.Counters;
import io.sounder.server.metrics.ThreadRole;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether threads get on, on a thread of its own. A thread that rests, or polls,
 * is not stuck. Where the watcher itself came too late, the whole process did not run (it was
 * stopped, its machine was suspended, or the garbage collector held it up): that time is nobody's
 * fault, and does not count.
 */
public final class StallWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);

  /** Short stalls in a row are one thing to tell; the counter has them all. */
  private static final long WARN_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final NanoClock clock;
  private final StallPolicy policy;
  private final Counters counters;
  private final List<WatchedThread> watched = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this, "stall-watch");
  private long lastLookNanos;
  private long lastWarningNanos;
  private boolean hasWarned;
  private volatile boolean ready = true;
  private volatile boolean stopped;

  /** A watch over nobody yet, which does not run. */
  public StallWatch(NanoClock clock, StallPolicy policy, Counters counters) {
    this.clock = clock;
    this.policy = policy;
    this.counters = counters;
    this.lastLookNanos = clock.nanoTime();
  }

  /** Watches a thread from now on; one that has ended is not stuck. */
  public void add(ThreadRole role, Thread stepping, Pulse pulse) {
    watched.add(new WatchedThread(role, stepping, pulse, clock.nanoTime()));
  }

  /** Starts to look; the process does not wait for it at its end. */
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Any thread: ends it. */
  public void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  /** Whether nobody has been stuck for so long that traffic should go elsewhere. Any thread. */
  public boolean isReady() {
    return ready;
  }

  @Override
  public void run() {
    lastLookNanos = clock.nanoTime(); // it may have been started long after it was made
    while (!stopped) {
      look();
      LockSupport.parkNanos(this, policy.periodNanos());
      Thread.interrupted(); // an interrupt would otherwise keep it from ever waiting again
    }
  }

  /** One look at everybody. */
  void look() {
    long nowNanos = clock.nanoTime();
    long lateNanos = lateNanos(nowNanos);
    lastLookNanos = nowNanos;
    boolean allGetOn = true;
    for (WatchedThread each : watched) {
      each.forgive(lateNanos);
      long stuckNanos = each.look(nowNanos);
      if (stuckNanos >= policy.warnNanos()) {
        onStuck(each, stuckNanos, nowNanos);
      } else if (each.isStalled()) {
        onGetsOn(each);
      }
      allGetOn &= stuckNanos < policy.unreadyNanos();
    }
    ready = allGetOn;
    counters.onReadiness(allGetOn);
  }

  /** By how much this look is too late; that a sleep takes a little longer is as it should be. */
  private long lateNanos(long nowNanos) {
    long nanos = nowNanos - lastLookNanos - policy.periodNanos();
    return nanos > policy.periodNanos() ? nanos : 0;
  }

  private void onStuck(WatchedThread stuck, long stuckNanos, long nowNanos) {
    stuck.onStuck(stuckNanos);
    if (!stuck.isStalled()) {
      counters.onStall(stuck.role());
      stuck.onStalled();
    }
    if (!stuck.wasWarnedOf() && mayWarn(nowNanos)) {
      stuck.onWarnedOf();
      LOG.warn("{}", stuck.finding());
    }
    if (stuckNanos >= policy.fatalNanos() && stuck.tryGiveUp()) {
      policy.onFatal().accept(stuck.finding());
    }
  }

  private void onGetsOn(WatchedThread stalled) {
    counters.onStallEnded();
    if (stalled.wasWarnedOf()) {
      LOG.info("{} goes on; it was stuck for {} or a little longer", stalled, stalled.stuckFor());
    }
    stalled.onGetsOn();
  }

  private boolean mayWarn(long nowNanos) {
    if (hasWarned && nowNanos - lastWarningNanos < WARN_PERIOD_NANOS) {
      return false;
    }
    hasWarned = true;
    lastWarningNanos = nowNanos;
    return true;
  }
}
