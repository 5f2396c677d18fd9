package io.sounder.client.net;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A moment on a {@link NanoClock} up to which something is waited for, or no such moment. */
public final class Deadline {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long LONGEST_NANOS = Long.MAX_VALUE / 2; // so that differences do not wrap
  private static final long LONGEST_NAP_NANOS = 5 * NANOS_PER_MILLI;
  private static final Deadline NEVER = new Deadline(NanoClock.SYSTEM, 0, true);

  private final NanoClock clock;
  private final long atNanos;
  private final boolean never;

  private Deadline(NanoClock clock, long atNanos, boolean never) {
    this.clock = clock;
    this.atNanos = atNanos;
    this.never = never;
  }

  /** So many nanoseconds from now; 0 or less has passed already. */
  public static Deadline after(NanoClock clock, long nanos) {
    return new Deadline(clock, clock.nanoTime() + Math.min(nanos, LONGEST_NANOS), false);
  }

  public static Deadline never() {
    return NEVER;
  }

  public boolean hasPassed() {
    return !never && atNanos - clock.nanoTime() <= 0;
  }

  /** What is left, at least 0; very much for {@link #never}. */
  public long remainingNanos() {
    return never ? LONGEST_NANOS : Math.max(0, atNanos - clock.nanoTime());
  }

  /** Waits until it has passed, or a condition that is looked at now and then holds. */
  public void pass(BooleanSupplier until) {
    while (!hasPassed() && !until.getAsBoolean()) {
      LockSupport.parkNanos(Math.min(remainingNanos(), LONGEST_NAP_NANOS));
    }
  }

  /** A time-out for {@code Selector.select}: rounded up, so that it never spins; 0 for ever. */
  long selectMillis() {
    return never ? 0 : Math.max(1, (remainingNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
  }
}
