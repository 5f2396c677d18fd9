package io.sounder.server.reactor;

import io.sounder.server.metrics.Counters;
import java.util.function.BooleanSupplier;

/**
 * Decides whether the reactor, before it sleeps, looks for events again and again for a moment.
 * Sleeping and being woken costs 10 to 30 µs of both time and CPU time, so where the next event
 * comes sooner than that, as from a peer that answers each reply with a request, looking is the
 * cheaper way to wait. It pays while waits are short, and on a core that nobody else wants; and
 * less and less often while it turns out futile.
 *
 * <p>The reactor's alone.
 */
final class BusyPoll {
  private static final int MAX_BACKOFF_SHIFT = 10; // at most 1,024 occasions are let pass

  private final long longestNanos;
  private final BooleanSupplier coreIsFree;
  private final Counters counters;
  private long lastWaitNanos = Long.MAX_VALUE;
  private int backoffShift;
  private int occasionsToSkip;

  /**
   * A decision that is made for each wait.
   *
   * @param longestNanos for how long to look at most; 0 to sleep at once, always
   * @param coreIsFree asked where it would pay otherwise
   * @param counters told how it came out
   */
  BusyPoll(long longestNanos, BooleanSupplier coreIsFree, Counters counters) {
    this.longestNanos = longestNanos;
    this.coreIsFree = coreIsFree;
    this.counters = counters;
  }

  /**
   * For how long to look before a sleep that may last so long; 0 to sleep at once. The last wait
   * may have been twice as long as what is looked for now, since if it was slept through, there is
   * a wake-up in it.
   */
  long nanosBefore(long sleepNanos) {
    if (lastWaitNanos >= 2 * longestNanos || sleepNanos <= 0 || !coreIsFree.getAsBoolean()) {
      return 0;
    }
    if (occasionsToSkip > 0) {
      occasionsToSkip--;
      return 0;
    }
    return Math.min(longestNanos, sleepNanos);
  }

  /** It looked, and there was something to do in the end, or not. */
  void onLooked(boolean useful) {
    counters.onPolled(useful);
    if (useful) {
      backoffShift = 0;
    } else {
      backoffShift = Math.min(backoffShift + 1, MAX_BACKOFF_SHIFT);
      occasionsToSkip = 1 << backoffShift;
    }
  }

  /** How long it took in all until there was something to do. */
  void onWaited(long nanos) {
    lastWaitNanos = nanos;
  }
}
