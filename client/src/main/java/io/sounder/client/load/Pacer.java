package io.sounder.client.load;

import io.sounder.client.load.stats.LoopStatistics;

/** Says when a loop's requests begin. Belongs to its loop's thread. */
interface Pacer {
  /** There is no next request, or none whose moment is known. */
  long NEVER = Long.MAX_VALUE;

  /** Whether requests have a plan, and do not wait for replies. */
  boolean isOpenLoop();

  /** Takes the right to begin one request now; it must then be sent. */
  boolean claim(long nowNanos);

  /** The moment for which the request that was claimed last was planned. */
  long claimedNanos();

  /**
   * How much later than it could have been the request is sent that was claimed last.
   *
   * @param roomSinceNanos since when there may have been room for it; {@link #NEVER} if there was
   *     when it fell due
   */
  long lagNanos(long roomSinceNanos, long sentNanos);

  /**
   * The loop was busy, or did not run, for so long without a look at its sockets, and something was
   * there to be seen.
   */
  void onStall(long nanos);

  /** How long it is until the next request is due: 0 if it is already, or {@link #NEVER}. */
  long untilNextNanos(long nowNanos);

  /** Whether all requests that were asked for have been claimed. */
  boolean isExhausted();

  /**
   * The test is over: tells of each request that was due before its end and not sent.
   *
   * @param noRoomUntilNanos when last no connection had room for one
   * @return how many of the measurement there were
   */
  long tellUnsent(LoopStatistics statistics, long noRoomUntilNanos, long nowNanos);
}
