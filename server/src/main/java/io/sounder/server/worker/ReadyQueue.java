package io.sounder.server.worker;

import io.sounder.server.connection.Handoff;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The sockets that wait for an owner: a bounded ring with one producer, the reactor, and many
 * consumers.
 *
 * <p>Consumers copy what they want and then move the head by one compare-and-set; if that succeeds,
 * nobody else has had what they copied, because the producer never overwrites a slot before the
 * head has passed it. Positions only grow, so a stale copy cannot be mistaken for a good one. Order
 * is first in, first out.
 */
public final class ReadyQueue {
  private final AtomicReferenceArray<Handoff> ring;
  private final int mask;
  private final AtomicLong head = new AtomicLong();
  private final AtomicLong tail = new AtomicLong();

  /**
   * An empty queue.
   *
   * @param capacity a power of two
   */
  public ReadyQueue(int capacity) {
    this(capacity, 0);
  }

  /** The same, with the first position given, so that a test can come to where they wrap around. */
  ReadyQueue(int capacity, long firstPosition) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity " + capacity + " is no power of two");
    }
    ring = new AtomicReferenceArray<>(capacity);
    mask = capacity - 1;
    head.set(firstPosition);
    tail.set(firstPosition);
  }

  /** Reactor: appends one, unless the queue is full. */
  public boolean tryOffer(Handoff ready) {
    long at = tail.getPlain();
    if (at - head.getAcquire() > mask) {
      return false;
    }
    ring.setPlain((int) at & mask, ready);
    tail.setRelease(at + 1);
    return true;
  }

  /**
   * Any thread: takes up to a chunk's length from the front.
   *
   * @return how many there are now at the start of the chunk; 0 if the queue was empty
   */
  public int claim(Handoff[] chunk) {
    while (true) {
      long from = head.getAcquire();
      int count = (int) Math.min(chunk.length, tail.getAcquire() - from);
      if (count <= 0) {
        return 0;
      }
      for (int i = 0; i < count; i++) {
        chunk[i] = ring.getPlain((int) (from + i) & mask);
      }
      if (head.compareAndSet(from, from + count)) {
        return count;
      }
    }
  }

  /** How many wait, at some moment during the call. */
  public int size() {
    long from = head.get();
    return (int) Math.max(0, tail.get() - from);
  }

  public boolean isEmpty() {
    return size() == 0;
  }
}
