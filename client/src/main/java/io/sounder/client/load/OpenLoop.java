package io.sounder.client.load;

import io.sounder.client.load.rate.Arrivals;
import io.sounder.client.load.stats.LoopStatistics;

/**
 * Each request has a planned moment, whatever became of those before it. Those that are overdue
 * need no queue: the oldest of them is always the next one of the plan. The warm-up has a plan of
 * its own; what is left of it when the measurement begins is dropped, so that it does not stand in
 * line before what is measured.
 */
final class OpenLoop implements Pacer {
  private static final long TOLD_APART = 4096; // finer than three digits are

  private final Schedule schedule;
  private final Arrivals warmUp;
  private final Arrivals measured;

  private boolean begun;
  private Arrivals current;
  private long originNanos; // the moment from which the current plan counts
  private long claimedNanos;
  private long left;
  private long stalledNanos; // in all, since nothing was overdue
  private long longestNanos; // that a request could have been sent, and was not, since then

  /**
   * A loop's share of the plan.
   *
   * @param warmUp relative to the start
   * @param measured relative to the beginning of the measurement
   * @param requests how many to measure at most, or {@link Pacer#NEVER}
   */
  OpenLoop(Schedule schedule, Arrivals warmUp, Arrivals measured, long requests) {
    this.schedule = schedule;
    this.warmUp = warmUp;
    this.measured = measured;
    this.left = requests;
  }

  @Override
  public boolean isOpenLoop() {
    return true;
  }

  @Override
  public boolean claim(long nowNanos) {
    if (untilNextNanos(nowNanos) > 0) {
      return false;
    }
    claimedNanos = originNanos + current.plannedNanos();
    advance();
    return true;
  }

  private void advance() {
    current.advance();
    if (current == measured && left != NEVER) {
      left--;
    }
  }

  @Override
  public long claimedNanos() {
    return claimedNanos;
  }

  /**
   * A stall of ours leaves more requests overdue than there are connections: the first of them wait
   * for us, the others for the replies to the first. All of that lag is ours, up to the length of
   * the stalls, until nothing is overdue.
   */
  @Override
  public long lagNanos(long roomSinceNanos, long sentNanos) {
    long lateNanos = Math.max(0, sentNanos - claimedNanos);
    boolean waitedForRoom = roomSinceNanos != NEVER && roomSinceNanos - claimedNanos > 0;
    long oursNanos = waitedForRoom ? Math.max(0, sentNanos - roomSinceNanos) : lateNanos;
    longestNanos = Math.max(longestNanos, oursNanos);
    return Math.min(lateNanos, behindNanos());
  }

  @Override
  public void onStall(long nanos) {
    stalledNanos += nanos;
  }

  /** How far we have fallen behind by our own fault. */
  private long behindNanos() {
    return Math.max(stalledNanos, longestNanos);
  }

  private void catchUp() {
    stalledNanos = 0;
    longestNanos = 0;
  }

  @Override
  public long untilNextNanos(long nowNanos) {
    if (!schedule.isStarted() || schedule.hasEnded(nowNanos)) {
      return NEVER;
    }
    follow(nowNanos);
    if (current == measured && left == 0) {
      return NEVER;
    }
    long next = originNanos + current.plannedNanos();
    if (current == warmUp && next - schedule.measureFromNanos() >= 0) {
      next = schedule.measureFromNanos();
      return Math.max(1, next - nowNanos); // then the other plan tells
    }
    if (next - schedule.endNanos() >= 0) {
      return NEVER;
    }
    if (next - nowNanos > 0) {
      catchUp();
      return next - nowNanos;
    }
    return 0;
  }

  private void follow(long nowNanos) {
    if (!begun) {
      begun = true;
      current = warmUp;
      originNanos = schedule.startNanos();
    }
    if (current == warmUp && nowNanos - schedule.measureFromNanos() >= 0) {
      current = measured;
      originNanos = schedule.measureFromNanos();
      catchUp();
    }
  }

  @Override
  public boolean isExhausted() {
    return left == 0;
  }

  @Override
  public long tellUnsent(LoopStatistics statistics, long noRoomUntilNanos, long nowNanos) {
    if (!schedule.isStarted()) {
      return 0;
    }
    follow(nowNanos);
    long total = 0;
    while (current == measured && left > 0) {
      long planned = originNanos + current.plannedNanos();
      if (planned - schedule.endNanos() >= 0) {
        break;
      }
      // As many at once as the histogram would not tell apart: there may be millions.
      long width = 1 + (nowNanos - planned) / TOLD_APART;
      long endNanos = Math.min(schedule.endNanos(), planned + width);
      long count = Math.min(left, current.skipBefore(endNanos - originNanos));
      long late = schedule.endNanos() - planned;
      long ours = Math.max(0, schedule.endNanos() - Math.max(planned, noRoomUntilNanos));
      statistics.unsent(planned, Math.max(ours, Math.min(late, behindNanos())), nowNanos, count);
      if (left != NEVER) {
        left -= count;
      }
      total += count;
    }
    return total;
  }
}
