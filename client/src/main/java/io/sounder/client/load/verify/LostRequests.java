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
  private int size;

  /** Remembers a request that was given up. */
  public void add(long sequence, long sent) {
    if (size == MOST) {
      forgetOldestHalf();
    } else if (size == sequences.length) {
      int capacity = Math.max(FIRST_CAPACITY, size * 2);
      sequences = Arrays.copyOf(sequences, capacity);
      sentNanos = Arrays.copyOf(sentNanos, capacity);
    }
    sequences[size] = sequence;
    sentNanos[size] = sent;
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

  /** Takes one out, since it was answered; the moment at which it was sent. */
  public long remove(int index) {
    long sent = sentNanos[index];
    System.arraycopy(sequences, index + 1, sequences, index, size - index - 1);
    System.arraycopy(sentNanos, index + 1, sentNanos, index, size - index - 1);
    size--;
    return sent;
  }

  private void forgetOldestHalf() {
    int half = size / 2;
    System.arraycopy(sequences, half, sequences, 0, size - half);
    System.arraycopy(sentNanos, half, sentNanos, 0, size - half);
    size -= half;
  }
}
