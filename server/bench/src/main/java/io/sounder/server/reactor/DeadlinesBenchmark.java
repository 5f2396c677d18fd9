package io.sounder.server.reactor;

import io.sounder.bench.micro.MicroBenchmark;
import io.sounder.server.connection.Deadline;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The heap of deadlines, one for each of so many connections. */
public class DeadlinesBenchmark extends MicroBenchmark {
  private static final long TIMEOUT_NANOS = 300_000_000_000L;

  @Param({"64", "10000"})
  int connections;

  private final Deadlines deadlines = new Deadlines();
  private Deadline[] each;
  private long nowNanos;
  private int next;

  @Setup
  public void setUp() {
    each = new Deadline[connections];
    for (int i = 0; i < connections; i++) {
      Connection owner = new Connection();
      each[i] = owner.deadline;
      deadlines.schedule(owner.deadline, nowNanos + i * stepNanos());
    }
  }

  /** One that has been active meanwhile: at its deadline it gets a later one. */
  private final class Connection implements Deadline.Expiring {
    private final Deadline deadline = new Deadline(this);

    @Override
    public void onDeadline(long now) {
      deadlines.schedule(deadline, now + TIMEOUT_NANOS);
    }
  }

  private long stepNanos() {
    return TIMEOUT_NANOS / connections;
  }

  /** In each cycle of the reactor: how long it may sleep. */
  @Benchmark
  public long waitNanos() {
    return deadlines.waitNanos(nowNanos, TIMEOUT_NANOS);
  }

  /** One passes, and is set again behind all others. */
  @Benchmark
  public int passOne() {
    nowNanos += stepNanos();
    deadlines.expire(nowNanos);
    return deadlines.size();
  }

  /** A connection comes, or goes: one is taken out and set again. */
  @Benchmark
  public int cancelAndSchedule() {
    Deadline deadline = each[next];
    next = (next + 1) % each.length;
    long atNanos = deadline.atNanos();
    deadlines.cancel(deadline);
    deadlines.schedule(deadline, atNanos);
    return deadline.index();
  }
}
