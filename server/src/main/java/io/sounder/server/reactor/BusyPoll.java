package io.sounder.server.reactor;

import io.sounder.server.metrics.Counters;
import java.util.function.BooleanSupplier;

/**
 * Decides whether the reactor polls for a moment before it sleeps. Sleeping and being woken costs
 * 10 to 30 µs of both time and CPU time, so where the next event comes sooner than that, as from a
 * peer that answers each reply with a request, polling is the cheaper way to wait. It pays while
 * waits are short, and on a core that nobody else wants; and less and less often while it turns out
 * futile.
 *
 * <p>The reactor's alone.
 */
final class BusyPoll {
  private static final int MAX_BACKOFF_SHIFT = 10; // at most 1,024 waits are let pass

  private final long longestNanos;
  private final BooleanSupplier coreIsFree;
  private final Counters counters;
  private long lastWaitNanos = Long.MAX_VALUE;
  private int backoffShift;
  private int waitsToSkip;

  /**
   * A decision that is made for each wait.
   *
   * @param longestNanos for how long to poll at most; 0 to sleep at once, always
   * @param coreIsFree asked where it would pay otherwise
   * @param counters told how it came out
   */
  BusyPoll(long longestNanos, BooleanSupplier coreIsFree, Counters counters) {
    this.longestNanos = longestNanos;
    this.coreIsFree = coreIsFree;
    this.counters = counters;
  }

  /**
   * For how long to poll in a wait that may last so long; 0 to sleep at once. The last wait may
   * have been twice as long as this one may poll, since if it was slept through, there is a wake-up
   * in it.
   */
  long nanosOf(long waitNanos) {
    if (lastWaitNanos >= 2 * longestNanos || waitNanos <= 0 || !coreIsFree.getAsBoolean()) {
      return 0;
    }
    if (waitsToSkip > 0) {
      waitsToSkip--;
      return 0;
    }
    return Math.min(longestNanos, waitNanos);
  }

  /** It polled for so long, and there was something to do in the end, or not. */
  void onPolled(long nanos, boolean useful) {
    counters.onPolled(nanos, useful);
    if (useful) {
      backoffShift = 0;
    } else {
      backoffShift = Math.min(backoffShift + 1, MAX_BACKOFF_SHIFT);
      waitsToSkip = 1 << backoffShift;
    }
  }

  /** How long it took in all until there was something to do. */
  void onWaited(long nanos) {
    lastWaitNanos = nanos;
  }
}
