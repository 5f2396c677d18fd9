package io.sounder.client.load;

import io.sounder.client.load.stats.Snapshot;
import io.sounder.client.net.NanoClock;
import io.sounder.client.net.Resolver;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.report.LoadResult;
import io.sounder.client.report.ProgressView;
import io.sounder.protocol.payload.Payload;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One load test from its first connect to its result. The thread that calls {@link #execute}
 * coordinates; each loop has a thread of its own; {@link #interrupt} may be called from any.
 */
public final class LoadRun {
  private static final long POLL_NANOS = 20_000_000L;
  private static final long LONGEST_CONNECTING_NANOS = 30_000_000_000L;

  private final LoadPlan plan;
  private final Map<String, Object> settings;
  private final NanoClock clock;
  private final ProgressView progress;
  private final Schedule schedule;
  private final Attempts attempts;
  private final SelfWatch self;

  private long shownNanos; // when the progress was last shown
  private long shownOk;

  /**
   * Prepares a run.
   *
   * @param settings the flags in force, for the report
   */
  public LoadRun(
      LoadPlan plan, Map<String, Object> settings, NanoClock clock, ProgressView progress) {
    this.plan = plan;
    this.settings = settings;
    this.clock = clock;
    this.progress = progress;
    this.schedule = new Schedule(plan.requests(), plan.timeoutNanos());
    this.attempts = new Attempts(plan.target().endpoint(), plan.connections());
    this.self = new SelfWatch(clock);
  }

  /** Ends the sending now; {@link #execute} then returns what there is. */
  public void interrupt() {
    schedule.interrupt(clock.nanoTime());
    attempts.giveUp();
  }

  /**
   * Runs the test.
   *
   * @throws ClientFailure if no connection at all could be made
   * @throws InterruptedException if the calling thread is interrupted
   */
  public LoadResult execute() throws InterruptedException {
    List<LoadLoop> loops = createLoops(Resolver.resolve(plan.target().endpoint()));
    ExecutorService threads = Executors.newFixedThreadPool(plan.threads(), LoadRun::newThread);
    try {
      List<Future<?>> running = new ArrayList<>();
      loops.forEach(loop -> running.add(threads.submit(loop)));
      awaitConnections(running);
      startUnlessInterrupted();
      loops.forEach(LoadLoop::wakeup);
      Collector collector = new Collector(loops);
      long startNanos = clock.nanoTime();
      follow(running, collector, startNanos);
      collector.gatherLast();
      return result(collector, loops);
    } finally {
      schedule.interrupt(clock.nanoTime());
      threads.shutdown();
      if (threads.awaitTermination(1, TimeUnit.SECONDS)) {
        loops.forEach(LoadLoop::close);
      }
      progress.finish();
    }
  }

  private static Thread newThread(Runnable loop) {
    Thread thread = new Thread(loop, "load");
    thread.setDaemon(true);
    return thread;
  }

  private List<LoadLoop> createLoops(List<SocketAddress> addresses) {
    Payload payload = new Payload((int) (clock.nanoTime() >>> 8), plan.payloadBytes());
    List<LoadLoop> loops = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < plan.threads(); i++) {
      int end = (int) ((long) plan.connections() * (i + 1) / plan.threads());
      try {
        loops.add(
            new LoadLoop(plan, addresses, clock, schedule, attempts, payload, first, end - first));
      } catch (IOException e) {
        throw new ClientFailure(ErrorClass.IO, "cannot open a selector: " + e.getMessage(), e);
      }
      first = end;
    }
    return loops;
  }

  /** Until every session has tried once; not for ever where some get no answer. */
  private void awaitConnections(List<Future<?>> running) throws InterruptedException {
    long beginNanos = clock.nanoTime();
    while (!attempts.await(POLL_NANOS)) {
      rethrowIfDead(running);
      long waited = clock.nanoTime() - beginNanos;
      boolean hopeless =
          attempts.succeeded() == 0
              && attempts.firstFailure() != null
              && waited - plan.timeoutNanos() > POLL_NANOS;
      if (hopeless || waited - Math.max(LONGEST_CONNECTING_NANOS, plan.timeoutNanos()) > 0) {
        break;
      }
      if (progress.intervalNanos() > 0 && waited > progress.intervalNanos()) {
        progress.connecting(attempts.succeeded(), plan.connections());
      }
    }
    if (attempts.succeeded() == 0 && !schedule.isInterrupted()) {
      throw attempts.firstFailure() != null
          ? attempts.firstFailure()
          : new ClientFailure(
              ErrorClass.CONNECT_TIMEOUT,
              "cannot connect to " + plan.target().endpoint() + ": connect-timeout: no answer");
    }
  }

  private void startUnlessInterrupted() {
    self.restart();
    if (!schedule.isInterrupted()) {
      schedule.start(clock.nanoTime(), plan.warmUpNanos(), plan.durationNanos());
    }
  }

  /** Shows progress until all loops have ended. */
  private void follow(List<Future<?>> running, Collector collector, long startNanos)
      throws InterruptedException {
    shownNanos = startNanos;
    boolean warm = plan.warmUpNanos() == 0;
    while (!allEnded(running)) {
      long nowNanos = clock.nanoTime();
      if (!warm && nowNanos - schedule.measureFromNanos() >= 0) {
        warm = true;
        self.restart();
      }
      long intervalNanos = progress.intervalNanos();
      if (intervalNanos > 0 && nowNanos - shownNanos - intervalNanos >= 0) {
        collector.ask();
        if (collector.gather()) {
          show(collector.sum(), nowNanos, startNanos);
        }
      }
    }
  }

  private void show(Snapshot sum, long nowNanos, long startNanos) {
    progress.interval(sum, nowNanos - startNanos, nowNanos - shownNanos, shownOk);
    shownNanos = nowNanos;
    shownOk = sum.measured().ok() + sum.warmUp().ok();
  }

  /** Whether all loops have ended; waits for the first that has not, a little. */
  private static boolean allEnded(List<Future<?>> running) throws InterruptedException {
    for (Future<?> loop : running) {
      try {
        loop.get(POLL_NANOS, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        rethrowIfDead(running);
        return false;
      } catch (ExecutionException e) {
        throw new IllegalStateException("an event loop has died", e.getCause());
      }
    }
    return true;
  }

  private static void rethrowIfDead(List<Future<?>> running) throws InterruptedException {
    for (Future<?> loop : running) {
      if (loop.isDone()) {
        try {
          loop.get();
        } catch (ExecutionException e) {
          throw new IllegalStateException("an event loop has died", e.getCause());
        }
      }
    }
  }

  private LoadResult result(Collector collector, List<LoadLoop> loops) {
    Snapshot sum = collector.sum();
    return new LoadResult(
        plan.target().text(),
        settings,
        plan.connections(),
        plan.target().endpoint().scheme().isStream(),
        !plan.isSilent(),
        plan.requests(),
        schedule.isInterrupted(),
        measuredNanos(loops),
        sum.measured(),
        sum.warmUp(),
        sum.connections(),
        collector.total(),
        sum.oldestPendingNanos(),
        self.cpuCores(),
        self.gcPauseNanos());
  }

  /** Up to the end of the sending; or to the last reply, if the requests were used up before. */
  private long measuredNanos(List<LoadLoop> loops) {
    if (!schedule.isStarted()) {
      return 0;
    }
    long fromNanos = schedule.measureFromNanos();
    long toNanos = schedule.endNanos() - fromNanos;
    if (schedule.isExhausted()) {
      long last = 0;
      for (LoadLoop loop : loops) {
        last = Math.max(last, loop.lastEndNanos() - fromNanos);
      }
      toNanos = Math.min(toNanos, last);
    }
    return Math.max(0, toNanos);
  }
}
