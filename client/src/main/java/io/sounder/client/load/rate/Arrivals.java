package io.sounder.client.load.rate;

/**
 * One event loop's share of the planned requests, in the order of their moments. Belongs to that
 * loop's thread. Moments are nanoseconds from the start of the plan; it has no end of its own.
 */
public interface Arrivals {
  /** When the next request is due. */
  long plannedNanos();

  /** On to the one after it; not before this one, though it may be at the same moment. */
  void advance();

  /**
   * On to the first that is not before a moment.
   *
   * @return how many were passed over
   */
  long skipBefore(long nanos);

  /**
   * How many requests of this share are planned before a moment, wherever {@link #advance} has got
   * to.
   */
  long plannedBefore(long nanos);
}
