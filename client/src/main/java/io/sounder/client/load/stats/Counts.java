package io.sounder.client.load.stats;

/**
 * What one or more event loops had counted at a moment.
 *
 * @param measured requests planned after the warm-up
 * @param warmUp requests planned during it
 * @param oldestPendingNanos how long the oldest pending request has waited; 0 without one
 * @param sendBufferFullNanos for how long requests waited for room in a socket, over all sockets
 */
public record Counts(
    Ledger measured,
    Ledger warmUp,
    ConnectionCounts connections,
    long oldestPendingNanos,
    long sendBufferFullNanos) {
  /** Nothing yet. */
  public static Counts none() {
    return new Counts(new Ledger(), new Ledger(), new ConnectionCounts(), 0, 0);
  }

  /** The sum of this and another, which are left as they are. */
  public Counts plus(Counts other) {
    Ledger measuredSum = measured.copy();
    measuredSum.add(other.measured);
    ConnectionCounts connectionSum = connections.copy();
    connectionSum.add(other.connections);
    Ledger warmUpSum = warmUp.copy();
    warmUpSum.add(other.warmUp);
    return new Counts(
        measuredSum,
        warmUpSum,
        connectionSum,
        Math.max(oldestPendingNanos, other.oldestPendingNanos),
        sendBufferFullNanos + other.sendBufferFullNanos);
  }

  /** All requests, those of the warm-up too. */
  public Ledger all() {
    Ledger all = measured.copy();
    all.add(warmUp);
    return all;
  }
}
