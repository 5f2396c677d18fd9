package io.sounder.bench.race.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process's CPU time over a while, so that it can be asked afterwards what fell into the part
 * that was measured. A thread of its own looks 50 times a second.
 */
final class CpuTrace {
  private static final long APART_NANOS = 20_000_000L;

  private record Point(Instant at, long cpuNanos) {}

  private final ProcessAccounts accounts;
  private final List<Point> points = new ArrayList<>(); // the thread's, until it has ended
  private final Thread thread = new Thread(this::run, "cpu-trace");
  private volatile boolean closed;
  private IOException failure; // the same

  CpuTrace(ProcessAccounts accounts) {
    this.accounts = accounts;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        points.add(new Point(Instant.now(), accounts.cpuNanos()));
        LockSupport.parkNanos(APART_NANOS);
      }
      points.add(new Point(Instant.now(), accounts.cpuNanos()));
    } catch (IOException e) {
      failure = e;
    }
  }

  /** How much fell between two moments. Only after {@link #end}. */
  double nanosBetween(Instant from, Instant to) throws IOException {
    if (failure != null) {
      throw failure;
    }
    return at(to) - at(from);
  }

  private double at(Instant moment) {
    Point before = points.get(0);
    for (Point point : points) {
      if (point.at.isAfter(moment)) {
        double apart = Duration.between(before.at, point.at).toNanos();
        double share = apart == 0 ? 0 : Duration.between(before.at, moment).toNanos() / apart;
        return before.cpuNanos + Math.max(0, share) * (point.cpuNanos - before.cpuNanos);
      }
      before = point;
    }
    return before.cpuNanos;
  }

  /** Looks once more. */
  void end() throws InterruptedException {
    closed = true;
    LockSupport.unpark(thread);
    thread.join();
  }
}
