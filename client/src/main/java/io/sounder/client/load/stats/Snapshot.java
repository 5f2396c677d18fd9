package io.sounder.client.load.stats;

/**
 * What one or more event loops had counted at a moment, handed over to another thread.
 *
 * @param measured requests sent after the warm-up
 * @param warmUp requests sent during it
 * @param interval latencies recorded since the snapshot before
 * @param oldestPendingNanos how long the oldest pending request has waited; 0 without one
 */
public record Snapshot(
    Ledger measured,
    Ledger warmUp,
    ConnectionCounts connections,
    Latencies interval,
    long oldestPendingNanos) {
  public static Snapshot empty() {
    return new Snapshot(new Ledger(), new Ledger(), new ConnectionCounts(), new Latencies(), 0);
  }

  /** The sum of this and another, which are left as they are. */
  public Snapshot plus(Snapshot other) {
    Ledger measuredSum = measured.copy();
    measuredSum.add(other.measured);
    Ledger warmUpSum = warmUp.copy();
    warmUpSum.add(other.warmUp);
    ConnectionCounts connectionSum = connections.copy();
    connectionSum.add(other.connections);
    Latencies intervalSum = new Latencies();
    intervalSum.add(interval);
    intervalSum.add(other.interval);
    return new Snapshot(
        measuredSum,
        warmUpSum,
        connectionSum,
        intervalSum,
        Math.max(oldestPendingNanos, other.oldestPendingNanos));
  }
}
