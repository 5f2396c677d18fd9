package io.sounder.server.fault;

import io.sounder.protocol.endpoint.Fault;

/**
 * What is done with one reply. It is counted when it is done, and not before.
 *
 * @param deed one of {@link Fault#EXCLUSIVE}, or null
 * @param delayed whether it is later because a delay was drawn
 * @param queued whether it has to wait because of the listener's capacity
 * @param slowBytesPerSecond how fast it goes out; 0 for as fast as it can
 * @param dueNanos when it may go; for a reordered one, when it is waited for no longer
 */
public record Treatment(
    Fault deed, boolean delayed, boolean queued, long slowBytesPerSecond, long dueNanos) {
  /** Whether nothing holds the whole reply up. */
  public boolean mayGo(long nowNanos) {
    return slowBytesPerSecond == 0 && dueNanos - nowNanos <= 0;
  }

  /** The same, but due no sooner than another one. */
  Treatment notBefore(Treatment other) {
    return dueNanos - other.dueNanos >= 0
        ? this
        : new Treatment(deed, delayed, queued, slowBytesPerSecond, other.dueNanos);
  }

  /** The same for a reply that was to be overtaken, and was not: it was delayed in vain. */
  public Treatment notOvertaken() {
    return new Treatment(null, true, queued, slowBytesPerSecond, dueNanos);
  }
}
