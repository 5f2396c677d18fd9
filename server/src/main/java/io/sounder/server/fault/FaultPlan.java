package io.sounder.server.fault;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.endpoint.FaultSpec;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one listener injects, from one change to the next. Immutable, but for what all its
 * connections share: the capacity, and the sequence of datagrams. Thread-safe.
 *
 * <p>Chance depends on the seed, on the number of the connection since the faults were set, and on
 * the number of the reply on that connection; over UDP on the number of the reply alone. So it does
 * not depend on which thread did the work, or when.
 */
public final class FaultPlan {
  /** How long a datagram waits at most for the next one to the same peer. */
  public static final long REORDER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int DELAY_SLOT = Chance.SLOTS - 2;
  private static final int SALT_SLOT = Chance.SLOTS - 1;

  private final FaultSpec spec;
  private final boolean none;
  private final long connectionsBefore;
  private final FaultCounts counts;
  private final Capacity capacity; // null without a limit
  private final Chance datagrams;
  private final AtomicLong datagramReplies = new AtomicLong();

  /**
   * The plan for a listener; a seed is chosen if there is none.
   *
   * @param connectionsBefore how many connections the listener has had
   * @param counts where it is counted what was really done
   */
  public FaultPlan(FaultSpec spec, long connectionsBefore, FaultCounts counts) {
    this.spec =
        spec.isDrawn() && spec.seed().isEmpty()
            ? spec.withSeed(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE))
            : spec;
    this.none = spec.isNone();
    this.connectionsBefore = connectionsBefore;
    this.counts = counts;
    this.capacity = spec.capacityPerSecond() == 0 ? null : new Capacity(spec.capacityPerSecond());
    this.datagrams = chance(0);
  }

  /** What is injected, with the seed that is used. */
  public FaultSpec spec() {
    return spec;
  }

  /** Whether nothing is injected any more. */
  public boolean isNone() {
    return none;
  }

  /** The chance of one connection, by its number on the listener, counted from 1. */
  Chance connection(long number) {
    return chance(number - connectionsBefore);
  }

  private Chance chance(long stream) {
    return new Chance(spec.seed().orElse(0), stream);
  }

  /** Draws for the listener's next datagram. */
  public Verdict nextDatagram() {
    return draw(datagrams, datagramReplies.getAndIncrement());
  }

  /** Draws for the so-many-th reply of a stream, from 0. */
  Verdict draw(Chance chance, long index) {
    return new Verdict(
        deed(chance, index), delayNanos(chance, index), chance.number(index, SALT_SLOT));
  }

  private Fault deed(Chance chance, long index) {
    List<Fault> faults = Fault.EXCLUSIVE;
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      if (chance.percent(index, i) < spec.percent(fault)) {
        return fault;
      }
    }
    return null;
  }

  private long delayNanos(Chance chance, long index) {
    double left = chance.percent(index, DELAY_SLOT);
    for (FaultSpec.Delay delay : spec.delays()) {
      left -= delay.percent();
      if (left < 0) {
        return delay.nanos();
      }
    }
    return 0;
  }

  /**
   * Whether a reply that is made now has to wait. It takes no place in the listener's capacity yet,
   * so one for which there is no room to wait leaves its place to others.
   *
   * @param deed what could be done of what was drawn, or null
   */
  public boolean holdsUp(Fault deed, Verdict verdict, long nowNanos) {
    return deed == Fault.REORDER
        || verdict.delayNanos() > 0
        || (capacity != null && capacity.isBusy(nowNanos));
  }

  /**
   * What is done with a reply that is made now. One that is sent takes its place in the listener's
   * capacity.
   *
   * @param deed what could be done of what was drawn, or null
   */
  public Treatment treat(Fault deed, Verdict verdict, long nowNanos) {
    if (deed != null && deed.isSilent()) {
      return new Treatment(deed, false, false, 0, nowNanos);
    }
    long slotNanos = capacity == null ? nowNanos : capacity.nextNanos(nowNanos);
    boolean queued = slotNanos - nowNanos > 0;
    long earliestNanos = queued ? slotNanos : nowNanos;
    if (deed == Fault.REORDER) {
      return new Treatment(deed, false, queued, 0, earliestNanos + REORDER_NANOS);
    }
    long delayedNanos = nowNanos + verdict.delayNanos();
    return new Treatment(
        deed,
        verdict.delayNanos() > 0,
        queued,
        spec.slowBytesPerSecond(),
        delayedNanos - earliestNanos > 0 ? delayedNanos : earliestNanos);
  }

  /** Counts what was done with a reply that now goes out, or has its turn not to. */
  public void onDone(Treatment done, long nowNanos) {
    counts.add(done);
    if (capacity != null && done.queued()) {
      capacity.onReleased(done.dueNanos(), nowNanos);
    }
  }
}
