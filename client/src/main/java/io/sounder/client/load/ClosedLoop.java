package io.sounder.client.load;

import io.sounder.client.load.stats.LoopStatistics;

/** A request may begin whenever a connection has room for one: the replies set the pace. */
final class ClosedLoop implements Pacer {
  private final Schedule schedule;
  private long claimedNanos;

  ClosedLoop(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public boolean isOpenLoop() {
    return false;
  }

  @Override
  public boolean claim(long nowNanos) {
    claimedNanos = nowNanos;
    return schedule.claim(nowNanos);
  }

  @Override
  public long claimedNanos() {
    return claimedNanos;
  }

  @Override
  public long lagNanos(long roomSinceNanos, long sentNanos) {
    return 0; // it is planned for when it is sent
  }

  @Override
  public void onStall(long nanos) {}

  @Override
  public long untilNextNanos(long nowNanos) {
    return NEVER;
  }

  @Override
  public boolean isExhausted() {
    return schedule.isExhausted();
  }

  @Override
  public long tellUnsent(LoopStatistics statistics, long noRoomUntilNanos, long nowNanos) {
    return 0;
  }
}
