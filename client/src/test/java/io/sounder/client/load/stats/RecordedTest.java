package io.sounder.client.load.stats;

import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;

/** The intervals of a test that never ran, one second each, made up as they are needed. */
public final class RecordedTest {
  private static final long SECOND = 1_000_000_000L;

  private final boolean openLoop;
  private Ledger totals = new Ledger();
  private Ledger before = new Ledger();
  private Latencies times = new Latencies();
  private long fromNanos;
  private boolean warmUp;

  /**
   * Nothing yet.
   *
   * @param warmUpNanos from how long before the measurement on
   */
  public RecordedTest(boolean openLoop, long warmUpNanos) {
    this.openLoop = openLoop;
    this.fromNanos = -warmUpNanos;
    this.warmUp = warmUpNanos > 0;
  }

  /** So many requests are sent, and answered rightly in so long. */
  public RecordedTest ok(int count, long nanos) {
    for (int i = 0; i < count; i++) {
      totals.onSent();
      totals.onOk();
      times.record(nanos);
    }
    return this;
  }

  public RecordedTest sent(int count) {
    for (int i = 0; i < count; i++) {
      totals.onSent();
    }
    return this;
  }

  /** One that is pending ends so. */
  public RecordedTest failed(ErrorClass errorClass) {
    totals.onFailed(errorClass);
    return this;
  }

  public RecordedTest corrupt(Wrong kind) {
    totals.onCorrupt(kind);
    return this;
  }

  public RecordedTest lost() {
    totals.onLost();
    return this;
  }

  public RecordedTest late(long nanos) {
    totals.onLate();
    times.record(nanos);
    return this;
  }

  public RecordedTest duplicate() {
    totals.onDuplicate();
    return this;
  }

  /** These were the response times, whatever the counts are. */
  public RecordedTest times(Latencies recorded) {
    times = recorded;
    return this;
  }

  public long pending() {
    return totals.pending();
  }

  /** The second is over. */
  public Interval second() {
    return interval(SECOND);
  }

  /** So much later. */
  public Interval interval(long lengthNanos) {
    Ledger now = totals.copy();
    Interval interval =
        new Interval(
            fromNanos,
            lengthNanos,
            warmUp,
            now.since(before),
            times,
            times,
            now,
            openLoop ? now.sent() : -1,
            64,
            openLoop ? 50_000 : Double.NaN);
    before = now;
    times = new Latencies();
    fromNanos += lengthNanos;
    if (warmUp && fromNanos >= 0) {
      warmUp = false;
      totals = new Ledger();
      before = new Ledger();
    }
    return interval;
  }
}
