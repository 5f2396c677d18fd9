package io.sounder.server.fault;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A listener that makes so many replies per second, one after the other: each takes the next slot,
 * and slots are evenly apart. Thread-safe; never blocks.
 *
 * <p>Replies that wait for their slot go out a millisecond or so late, since that is how exactly
 * the reactor wakes up, and whoever then asks again comes late by as much. That time is not lost:
 * the next slot may lie in the past by as much.
 */
public final class Capacity {
  /** How far a slot may lie in the past after a pause: a little more than a wake-up is late. */
  static final long CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** Whoever is later than this was stopped, or waited for the peer: that time is lost. */
  static final long MAX_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** The last slot that was taken: the so-many-th after the base, which moves on each second. */
  private record Slot(long baseNanos, long number) {}

  private final long perSecond;
  private final AtomicReference<Slot> last = new AtomicReference<>();
  private volatile long lateNanos;

  /**
   * A capacity of which nothing is used yet.
   *
   * @param perSecond from 1 to 10^9
   */
  public Capacity(long perSecond) {
    this.perSecond = perSecond;
  }

  /** Whether whoever takes the next slot now has to wait for it. */
  boolean isBusy(long nowNanos) {
    Slot before = last.get();
    return before != null && nanos(after(before, nowNanos)) - nowNanos > 0;
  }

  /** Takes the next slot; its moment, which may have passed already. */
  public long nextNanos(long nowNanos) {
    while (true) {
      Slot before = last.get();
      Slot next = before == null ? new Slot(nowNanos, 0) : after(before, nowNanos);
      if (last.compareAndSet(before, next)) {
        return nanos(next);
      }
    }
  }

  private Slot after(Slot taken, long nowNanos) {
    Slot next = new Slot(taken.baseNanos, taken.number + 1);
    long pausedNanos = nowNanos - nanos(next);
    if (pausedNanos > CREDIT_NANOS + lateNanos) {
      return new Slot(nowNanos - CREDIT_NANOS, 0);
    }
    return next.number < perSecond ? next : new Slot(taken.baseNanos + Rate.SECOND, 0);
  }

  /** Notes that a reply that waited for its slot goes out, and when it should have. */
  public void onReleased(long dueNanos, long nowNanos) {
    long late = nowNanos - dueNanos;
    lateNanos = late <= MAX_LATE_NANOS ? late : 0;
  }

  private long nanos(Slot slot) {
    return slot.baseNanos + Rate.nanosFor(slot.number, perSecond);
  }
}
