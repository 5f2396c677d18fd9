package io.sounder.client.load.stats;

import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;

/**
 * What one event loop counts. A request belongs to the warm-up or to the measurement by the moment
 * at which it was sent, whenever it ends; only the latter's latency is recorded.
 *
 * <p>Belongs to the loop's thread; {@link #snapshot} makes copies for others.
 */
public final class LoopStatistics {
  private final Ledger measured = new Ledger();
  private final Ledger warmUp = new Ledger();
  private final ConnectionCounts connections = new ConnectionCounts();
  private Latencies interval = new Latencies();

  private long measuredFromNanos;
  private long lastEndNanos;

  /** Says from when on requests are measured. */
  public void measureFrom(long nanos) {
    measuredFromNanos = nanos;
    lastEndNanos = nanos;
  }

  public void sent(long nowNanos) {
    ledger(nowNanos).onSent();
  }

  /**
   * The right reply came.
   *
   * @param timed whether it took a time that means something
   */
  public void ok(long sentNanos, long nowNanos, boolean timed) {
    ledger(sentNanos).onOk();
    lastEndNanos = nowNanos;
    if (timed) {
      record(sentNanos, nowNanos);
    }
  }

  public void corrupt(long sentNanos, Wrong kind) {
    ledger(sentNanos).onCorrupt(kind);
  }

  public void failed(long sentNanos, ErrorClass errorClass) {
    ledger(sentNanos).onFailed(errorClass);
  }

  public void refused(long sentNanos) {
    ledger(sentNanos).onRefused();
  }

  public void lost(long sentNanos) {
    ledger(sentNanos).onLost();
  }

  /** A request that was lost is answered after all; its latency counts. */
  public void late(long sentNanos, long nowNanos) {
    ledger(sentNanos).onLate();
    record(sentNanos, nowNanos);
  }

  public void stray(Wrong kind, long nowNanos) {
    ledger(nowNanos).onStray(kind);
  }

  public void duplicate(long nowNanos) {
    ledger(nowNanos).onDuplicate();
  }

  public void reordered(long sentNanos) {
    ledger(sentNanos).onReordered();
  }

  public void bytesSent(long bytes, long nowNanos) {
    ledger(nowNanos).onBytesSent(bytes);
  }

  public void bytesReceived(long bytes, long nowNanos) {
    ledger(nowNanos).onBytesReceived(bytes);
  }

  public ConnectionCounts connections() {
    return connections;
  }

  /** Requests that await their reply. */
  public long pending() {
    return measured.pending() + warmUp.pending();
  }

  /** When the last request ended well. */
  public long lastEndNanos() {
    return lastEndNanos;
  }

  /** A copy of all that was counted; the interval begins anew. */
  public Snapshot snapshot(long oldestPendingNanos) {
    Latencies ended = interval;
    interval = new Latencies();
    return new Snapshot(
        measured.copy(), warmUp.copy(), connections.copy(), ended, oldestPendingNanos);
  }

  private void record(long sentNanos, long nowNanos) {
    if (sentNanos - measuredFromNanos >= 0) {
      interval.record(nowNanos - sentNanos);
    }
  }

  private Ledger ledger(long nanos) {
    return nanos - measuredFromNanos >= 0 ? measured : warmUp;
  }
}
