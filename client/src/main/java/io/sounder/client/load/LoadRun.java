package io.sounder.client.load;

import io.sounder.client.load.stats.Counts;
import io.sounder.client.load.stats.Ledger;
import io.sounder.client.net.NanoClock;
import io.sounder.client.net.Resolver;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.report.LoadResult;
import io.sounder.client.report.Progress;
import io.sounder.client.report.RunIdentity;
import io.sounder.protocol.payload.Payload;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  private static final long SHORTEST_WAIT_NANOS = 100_000L; // for answers that are on their way
  private static final long LONGEST_CONNECTING_NANOS = 30_000_000_000L;

  private final LoadPlan plan;
  private final RunIdentity identity;
  private final NanoClock clock;
  private final Progress progress;
  private final Schedule schedule;
  private final Attempts attempts;
  private final SelfWatch self;

  private Instant startedAt = Instant.now();
  private long connectingNanos;

  /** Prepares a run. */
  public LoadRun(LoadPlan plan, NanoClock clock, Progress progress) {
    this.plan = plan;
    this.identity = plan.identity();
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
      Collector collector = new Collector(loops, plan.isOpenLoop());
      Course course = new Course(plan, schedule, collector, progress);
      follow(running, collector, course);
      collector.gatherLast();
      course.onEnd(clock.nanoTime());
      return result(collector, course, loops);
    } finally {
      schedule.interrupt(clock.nanoTime());
      threads.shutdown();
      if (threads.awaitTermination(1, TimeUnit.SECONDS)) {
        loops.forEach(LoadLoop::close);
      }
      self.close();
      progress.finish();
    }
  }

  private static Thread newThread(Runnable loop) {
    Thread thread = new Thread(loop, "load");
    thread.setDaemon(true);
    return thread;
  }

  private List<LoadLoop> createLoops(List<SocketAddress> addresses) {
    int run = (int) (clock.nanoTime() >>> 8);
    List<LoadLoop> loops = new ArrayList<>();
    for (int shard = 0; shard < plan.threads(); shard++) {
      Payload payload = new Payload(run, plan.payloadBytes());
      try {
        loops.add(new LoadLoop(plan, addresses, clock, schedule, attempts, payload, shard));
      } catch (IOException e) {
        throw new ClientFailure(ErrorClass.IO, "cannot open a selector: " + e.getMessage(), e);
      }
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
      if (hopeless || waited - longestConnectingNanos() > 0) {
        break;
      }
      if (progress.intervalNanos() > 0 && waited > progress.intervalNanos()) {
        progress.connecting(attempts.succeeded(), plan.connections());
      }
    }
    connectingNanos = clock.nanoTime() - beginNanos;
    if (attempts.succeeded() == 0 && !schedule.isInterrupted()) {
      throw attempts.firstFailure() != null
          ? attempts.firstFailure()
          : new ClientFailure(
              ErrorClass.CONNECT_TIMEOUT,
              "cannot connect to " + plan.target().endpoint() + ": connect-timeout: no answer");
    }
  }

  private long longestConnectingNanos() {
    double perSecond = plan.life().perSecond();
    long paced = perSecond > 0 ? (long) (plan.connections() / perSecond * 1e9) : 0;
    return paced + Math.max(LONGEST_CONNECTING_NANOS, plan.timeoutNanos());
  }

  private void startUnlessInterrupted() {
    self.restart();
    startedAt = Instant.now().plusNanos(plan.warmUpNanos());
    schedule.start(clock.nanoTime(), plan.warmUpNanos(), plan.durationNanos());
  }

  /** Cuts the run into intervals until all loops have ended. */
  private void follow(List<Future<?>> running, Collector collector, Course course)
      throws InterruptedException {
    boolean warm = plan.warmUpNanos() == 0;
    while (!allEnded(running, Math.min(POLL_NANOS, untilNextNanos(course)))) {
      long nowNanos = clock.nanoTime();
      if (!warm && nowNanos - schedule.measureFromNanos() >= 0) {
        warm = true;
        self.restart();
      }
      if (untilNextNanos(course) <= 0) {
        collector.ask();
      }
      if (collector.gather()) {
        course.onAnswers(clock.nanoTime());
      }
    }
  }

  private long untilNextNanos(Course course) {
    return schedule.isStarted() ? course.untilNextNanos(clock.nanoTime()) : POLL_NANOS;
  }

  /** Whether all loops have ended; waits for the first that has not, a little. */
  private static boolean allEnded(List<Future<?>> running, long waitNanos)
      throws InterruptedException {
    for (Future<?> loop : running) {
      try {
        loop.get(Math.max(SHORTEST_WAIT_NANOS, waitNanos), TimeUnit.NANOSECONDS);
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

  private LoadResult result(Collector collector, Course course, List<LoadLoop> loops) {
    Counts counts = collector.counts();
    return new LoadResult(
        identity,
        startedAt,
        planned(counts.measured(), loops),
        schedule.isInterrupted(),
        measuredNanos(loops),
        toLastReplyNanos(loops),
        connectingNanos,
        counts,
        collector.total(),
        course.rows(),
        self.report(counts.sendBufferFullNanos()));
  }

  private long planned(Ledger measured, List<LoadLoop> loops) {
    if (plan.isOpenLoop()) {
      return measured.sent() + loops.stream().mapToLong(LoadLoop::unsent).sum();
    }
    return plan.requests() == LoadPlan.UNLIMITED ? measured.sent() : plan.requests();
  }

  /** Up to the end of the sending; or to the last reply, if the requests were used up before. */
  private long measuredNanos(List<LoadLoop> loops) {
    if (!schedule.isStarted()) {
      return 0;
    }
    long toNanos = schedule.endNanos() - schedule.measureFromNanos();
    boolean exhausted = loops.stream().allMatch(LoadLoop::isExhausted);
    return Math.max(0, exhausted ? Math.min(toNanos, lastEndNanos(loops)) : toNanos);
  }

  private long toLastReplyNanos(List<LoadLoop> loops) {
    return Math.max(measuredNanos(loops), schedule.isStarted() ? lastEndNanos(loops) : 0);
  }

  /** When the last request ended well, since the start of the measurement. */
  private long lastEndNanos(List<LoadLoop> loops) {
    long fromNanos = schedule.measureFromNanos();
    return loops.stream().mapToLong(loop -> loop.lastEndNanos() - fromNanos).max().orElse(0);
  }
}
