package io.sounder.client.load.verify;

import java.util.Arrays;

/**
 * The requests of one UDP socket that were given up, the latest of them, in case that they are
 * answered after all. When there are too many, the oldest are forgotten, and count as lost for
 * good.
 */
public final class LostRequests {
  /** At one lost request after each time-out of 5 s: a day and more. */
  private static final int MOST = 1 << 15;

  private static final int FIRST_CAPACITY = 8;

  private long[] sequences = {};
  private long[] sentNanos = {};
  private long[] plannedNanos = {};
  private int size;

  /** Remembers a request that was given up. */
  public void add(long sequence, long planned, long sent) {
    if (size == MOST) {
      forgetOldestHalf();
    } else if (size == sequences.length) {
      int capacity = Math.max(FIRST_CAPACITY, size * 2);
      sequences = Arrays.copyOf(sequences, capacity);
      sentNanos = Arrays.copyOf(sentNanos, capacity);
      plannedNanos = Arrays.copyOf(plannedNanos, capacity);
    }
    sequences[size] = sequence;
    sentNanos[size] = sent;
    plannedNanos[size] = planned;
    size++;
  }

  /** Where a request stands, or -1 if it is not among these. */
  public int indexOf(long sequence) {
    for (int i = size - 1; i >= 0; i--) {
      if (sequences[i] == sequence) {
        return i;
      }
    }
    return -1;
  }

  public int size() {
    return size;
  }

  public long sequence(int index) {
    return sequences[index];
  }

  /** When it was sent. */
  public long sentNanos(int index) {
    return sentNanos[index];
  }

  /** When it was to be sent, by plan. */
  public long plannedNanos(int index) {
    return plannedNanos[index];
  }

  /** Takes one out, since it was answered. */
  public void remove(int index) {
    move(index + 1, index, size - index - 1);
    size--;
  }

  private void forgetOldestHalf() {
    int half = size / 2;
    move(half, 0, size - half);
    size -= half;
  }

  private void move(int from, int to, int count) {
    System.arraycopy(sequences, from, sequences, to, count);
    System.arraycopy(sentNanos, from, sentNanos, to, count);
    System.arraycopy(plannedNanos, from, plannedNanos, to, count);
  }
}
