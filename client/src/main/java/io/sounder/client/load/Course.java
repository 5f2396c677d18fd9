package io.sounder.client.load;

import io.sounder.client.load.stats.Counts;
import io.sounder.client.load.stats.Interval;
import io.sounder.client.load.stats.IntervalHistory;
import io.sounder.client.load.stats.IntervalRow;
import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Ledger;
import io.sounder.client.load.stats.Timings;
import io.sounder.client.report.Progress;
import java.util.List;

/**
 * Cuts a run into intervals as it goes on, tells whoever follows it, and remembers them. The first
 * boundary is the end of the warm-up, so that no interval is part of both. Belongs to the
 * coordinating thread.
 */
final class Course {
  static final long INTERVAL_NANOS = 1_000_000_000L;

  private final LoadPlan plan;
  private final Schedule schedule;
  private final Collector collector;
  private final Progress progress;
  private final IntervalHistory history = new IntervalHistory();

  private Ledger before = new Ledger(); // at the end of the interval before, of the same stretch
  private long fromNanos; // since the start of the measurement
  private boolean warmUp;

  /** Begins with the warm-up, if there is one; the schedule has been started. */
  Course(LoadPlan plan, Schedule schedule, Collector collector, Progress progress) {
    this.plan = plan;
    this.schedule = schedule;
    this.collector = collector;
    this.progress = progress;
    this.warmUp = plan.warmUpNanos() > 0;
    this.fromNanos = -plan.warmUpNanos();
  }

  /** How long until the loops are to be asked again. */
  long untilNextNanos(long nowNanos) {
    long end = fromNanos + INTERVAL_NANOS;
    long next = warmUp ? Math.min(0, end) : end;
    return schedule.measureFromNanos() + next - nowNanos;
  }

  /** The loops have answered: an interval is over. */
  void onAnswers(long nowNanos) {
    long sinceNanos = nowNanos - schedule.measureFromNanos();
    Counts counts = collector.counts();
    if (!warmUp) {
      end(sinceNanos, counts.measured(), collector.takeTimings(), counts);
      return;
    }
    boolean over = sinceNanos >= 0;
    // What was measured since the warm-up's end, a few milliseconds ago, is the next interval's.
    end(over ? 0 : sinceNanos, counts.warmUp(), new Timings(plan.isOpenLoop()), counts);
    if (over) {
      warmUp = false;
      before = new Ledger();
    }
  }

  /** The loops have ended, and have told all: the last interval is over. */
  void onEnd(long nowNanos) {
    if (schedule.isStarted()) {
      boolean measured = nowNanos - schedule.measureFromNanos() >= 0; // not: interrupted before
      if (measured && fromNanos < 0) {
        fromNanos = 0;
        before = new Ledger();
      }
      warmUp = warmUp && !measured;
      onAnswers(nowNanos);
    }
  }

  private void end(long toNanos, Ledger now, Timings timings, Counts counts) {
    Latencies service = timings.service();
    Interval interval =
        new Interval(
            fromNanos,
            toNanos - fromNanos,
            warmUp,
            now.since(before),
            timings.response(),
            service,
            now,
            planned(toNanos),
            (int) counts.connections().open(),
            askedRate(toNanos));
    before = now;
    fromNanos = toNanos;
    history.add(interval);
    progress.interval(interval);
  }

  private long planned(long toNanos) {
    if (!plan.isOpenLoop()) {
      return -1;
    }
    long until = warmUp ? toNanos + plan.warmUpNanos() : Math.min(toNanos, plan.durationNanos());
    double count =
        warmUp
            ? plan.pace().profile().perSecondAt(0) * until / 1e9
            : plan.pace().profile().requestsBefore(until);
    long planned = (long) Math.ceil(count);
    boolean limited = !warmUp && plan.requests() != LoadPlan.UNLIMITED;
    return limited ? Math.min(planned, plan.requests()) : planned;
  }

  private double askedRate(long toNanos) {
    return plan.isOpenLoop() ? plan.pace().profile().perSecondAt(Math.max(0, toNanos)) : Double.NaN;
  }

  /** The intervals of the measurement, or, of a long one, several in one. */
  List<IntervalRow> rows() {
    return history.rows();
  }
}
