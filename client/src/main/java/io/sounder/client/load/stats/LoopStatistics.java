package io.sounder.client.load.stats;

import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;

/**
 * What one event loop counts. A request belongs to the warm-up or to the measurement by the moment
 * for which it was planned, whenever it ends; only the latter's durations are recorded. In a closed
 * loop a request is planned for the moment at which it is sent.
 *
 * <p>Belongs to the loop's thread; {@link #snapshot} makes copies for others.
 */
public final class LoopStatistics {
  /** A loop that is busy for so long without a look at its sockets has stalled. */
  public static final long STALL_NANOS = 1_000_000L;

  private final Ledger measured = new Ledger();
  private final Ledger warmUp = new Ledger();
  private final ConnectionCounts connections = new ConnectionCounts();
  private Timings interval;

  private long measuredFromNanos;
  private boolean measuring;
  private long lastEndNanos;
  private long sendBufferFullNanos;

  public LoopStatistics(boolean openLoop) {
    this.interval = new Timings(openLoop);
  }

  /** Says from when on requests are measured. */
  public void measureFrom(long nanos) {
    measuredFromNanos = nanos;
    lastEndNanos = nanos;
    measuring = true;
  }

  /**
   * A request was sent.
   *
   * @param lagNanos later than it could have been
   */
  public void sent(long plannedNanos, long lagNanos) {
    if (isMeasured(plannedNanos)) {
      measured.onSent();
      interval.onSent(lagNanos);
    } else {
      warmUp.onSent();
    }
  }

  /**
   * The right reply came.
   *
   * @param timed whether it took a time that means something
   */
  public void ok(long plannedNanos, long sentNanos, long nowNanos, boolean timed) {
    ledger(plannedNanos).onOk();
    lastEndNanos = nowNanos;
    if (timed) {
      record(plannedNanos, sentNanos, nowNanos);
    }
  }

  public void corrupt(long plannedNanos, Wrong kind) {
    ledger(plannedNanos).onCorrupt(kind);
  }

  public void failed(long plannedNanos, ErrorClass errorClass) {
    ledger(plannedNanos).onFailed(errorClass);
  }

  public void refused(long plannedNanos) {
    ledger(plannedNanos).onRefused();
  }

  public void lost(long plannedNanos) {
    ledger(plannedNanos).onLost();
  }

  /** A request that was lost is answered after all; its latency counts. */
  public void late(long plannedNanos, long sentNanos, long nowNanos) {
    ledger(plannedNanos).onLate();
    record(plannedNanos, sentNanos, nowNanos);
  }

  /** The test is over, and a request that was sent has no reply: so far it has taken so long. */
  public void unanswered(long plannedNanos, long sentNanos, long nowNanos) {
    if (isMeasured(plannedNanos)) {
      interval.onUnanswered(nowNanos - plannedNanos, nowNanos - sentNanos);
    }
  }

  /**
   * The test is over, and requests that were planned were not sent.
   *
   * @param lagNanos for how long they could have been
   * @param count how many there are, all of them planned for about the same moment
   */
  public void unsent(long plannedNanos, long lagNanos, long nowNanos, long count) {
    if (isMeasured(plannedNanos)) {
      interval.onUnsent(nowNanos - plannedNanos, lagNanos, count);
    }
  }

  public void stray(Wrong kind, long nowNanos) {
    ledger(nowNanos).onStray(kind);
  }

  public void duplicate(long nowNanos) {
    ledger(nowNanos).onDuplicate();
  }

  public void reordered(long plannedNanos) {
    ledger(plannedNanos).onReordered();
  }

  public void bytesSent(long bytes, long nowNanos) {
    ledger(nowNanos).onBytesSent(bytes);
  }

  public void bytesReceived(long bytes, long nowNanos) {
    ledger(nowNanos).onBytesReceived(bytes);
  }

  /** A connection was made, in so long. */
  public void connected(long nanos) {
    interval.onConnected(nanos);
  }

  /** A TLS handshake was over on our side, so long after the connect. */
  public void shookHands(long nanos) {
    interval.onHandshake(nanos);
  }

  /** The loop looks at its sockets again, after {@link #STALL_NANOS} or more. */
  public void stalled(long nowNanos, long busyNanos) {
    if (isMeasured(nowNanos)) {
      interval.onStall(busyNanos);
    }
  }

  /** A request has waited for room in a socket; what of it was in the measurement counts. */
  public void sendBufferFull(long fromNanos, long nowNanos) {
    if (isMeasured(nowNanos)) {
      sendBufferFullNanos += nowNanos - (isMeasured(fromNanos) ? fromNanos : measuredFromNanos);
    }
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

  /**
   * A copy of all that was counted; the interval begins anew.
   *
   * @param spare empty, for the new interval
   */
  public Snapshot snapshot(long oldestPendingNanos, Timings spare) {
    Timings ended = interval;
    interval = spare;
    Counts counts =
        new Counts(
            measured.copy(),
            warmUp.copy(),
            connections.copy(),
            oldestPendingNanos,
            sendBufferFullNanos);
    return new Snapshot(counts, ended);
  }

  private void record(long plannedNanos, long sentNanos, long nowNanos) {
    if (isMeasured(plannedNanos)) {
      interval.onAnswered(nowNanos - plannedNanos, nowNanos - sentNanos);
    }
  }

  private Ledger ledger(long plannedNanos) {
    return isMeasured(plannedNanos) ? measured : warmUp;
  }

  private boolean isMeasured(long plannedNanos) {
    return measuring && plannedNanos - measuredFromNanos >= 0;
  }
}
