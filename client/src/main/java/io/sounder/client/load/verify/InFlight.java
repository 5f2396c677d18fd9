package io.sounder.client.load.verify;

/**
 * The requests of one connection that await their reply, by sequence number, with the moments at
 * which each was planned and sent. A ring: replies may settle them in any order, and it grows when
 * an old one stays open while many later ones are settled.
 */
public final class InFlight {
  /** In place of a moment: this request is settled. The clock may give any value but this. */
  private static final long SETTLED = Long.MIN_VALUE;

  private long[] sentNanos;
  private long[] plannedNanos;
  private long oldest; // awaited, unless there is none: then it equals next
  private long next;
  private int count;

  /**
   * Nothing in flight yet.
   *
   * @param expected how many will be in flight at once
   */
  public InFlight(int expected) {
    int capacity = 1;
    while (capacity < expected) {
      capacity <<= 1;
    }
    sentNanos = new long[capacity];
    plannedNanos = new long[capacity];
  }

  /** Begins a request that was not planned for any other moment; its sequence number. */
  public long begin(long nowNanos) {
    return begin(nowNanos, nowNanos);
  }

  /** Begins a request; its sequence number. */
  public long begin(long planned, long nowNanos) {
    if (next - oldest == sentNanos.length) {
      grow();
    }
    plannedNanos[slot(next)] = planned;
    sentNanos[slot(next)] = nowNanos == SETTLED ? SETTLED + 1 : nowNanos;
    count++;
    return next++;
  }

  public boolean isAwaited(long sequence) {
    return sequence >= oldest && sequence < next && sentNanos[slot(sequence)] != SETTLED;
  }

  /** Ends the wait for a request, which must be awaited; the moment at which it was sent. */
  public long settle(long sequence) {
    if (!isAwaited(sequence)) {
      throw new IllegalStateException("request " + sequence + " is not awaited");
    }
    long sent = sentNanos[slot(sequence)];
    sentNanos[slot(sequence)] = SETTLED;
    count--;
    while (oldest < next && sentNanos[slot(oldest)] == SETTLED) {
      oldest++;
    }
    return sent;
  }

  /** How many are awaited. */
  public int count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** The sequence number of the oldest awaited request, or of the next one if none is. */
  public long oldest() {
    return oldest;
  }

  /** The sequence number of the next request to begin. */
  public long next() {
    return next;
  }

  /** When an awaited request was sent. */
  public long sentNanos(long sequence) {
    return sentNanos[slot(sequence)];
  }

  /** When an awaited request was to be sent, by plan. */
  public long plannedNanos(long sequence) {
    return plannedNanos[slot(sequence)];
  }

  private int slot(long sequence) {
    return (int) sequence & (sentNanos.length - 1);
  }

  private void grow() {
    int mask = sentNanos.length * 2 - 1;
    long[] sent = new long[mask + 1];
    long[] planned = new long[mask + 1];
    for (long sequence = oldest; sequence < next; sequence++) {
      sent[(int) sequence & mask] = sentNanos[slot(sequence)];
      planned[(int) sequence & mask] = plannedNanos[slot(sequence)];
    }
    sentNanos = sent;
    plannedNanos = planned;
  }
}
