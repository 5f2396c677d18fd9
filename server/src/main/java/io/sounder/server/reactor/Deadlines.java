package io.sounder.server.reactor;

import io.sounder.server.connection.Deadline;
import java.util.Arrays;

/**
 * The deadlines that the reactor keeps: a binary heap, the next one on top. Only the reactor
 * touches it.
 */
final class Deadlines {
  private Deadline[] heap = new Deadline[64];
  private int size;

  /** Sets a deadline, or moves it if it was set. */
  void schedule(Deadline deadline, long atNanos) {
    deadline.atNanos(atNanos);
    if (!deadline.isScheduled()) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      place(deadline, size++);
    }
    siftUp(deadline.index());
    siftDown(deadline.index());
  }

  /** Takes a deadline out; one that is not set is left as it is. */
  void cancel(Deadline deadline) {
    if (!deadline.isScheduled()) {
      return;
    }
    int index = deadline.index();
    deadline.index(Deadline.UNSCHEDULED);
    Deadline last = heap[--size];
    heap[size] = null;
    if (last != deadline) {
      place(last, index);
      siftUp(index);
      siftDown(last.index());
    }
  }

  /**
   * Calls the owners of all deadlines that have passed; an owner may set its own, or others, again.
   */
  void expire(long nowNanos) {
    while (size > 0 && heap[0].atNanos() - nowNanos <= 0) {
      Deadline passed = heap[0];
      cancel(passed);
      passed.owner().onDeadline(nowNanos);
    }
  }

  /** How long until the next deadline, at least 0; {@code maxNanos} if there is none before. */
  long waitNanos(long nowNanos, long maxNanos) {
    return size == 0 ? maxNanos : Math.max(0, Math.min(maxNanos, heap[0].atNanos() - nowNanos));
  }

  int size() {
    return size;
  }

  private void place(Deadline deadline, int index) {
    heap[index] = deadline;
    deadline.index(index);
  }

  private void siftUp(int from) {
    int index = from;
    while (index > 0 && isBefore(heap[index], heap[(index - 1) / 2])) {
      swap(index, (index - 1) / 2);
      index = (index - 1) / 2;
    }
  }

  private void siftDown(int from) {
    int index = from;
    while (true) {
      int child = 2 * index + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], heap[index])) {
        return;
      }
      swap(index, child);
      index = child;
    }
  }

  private static boolean isBefore(Deadline a, Deadline b) {
    return a.atNanos() - b.atNanos() < 0;
  }

  private void swap(int i, int j) {
    Deadline moved = heap[i];
    place(heap[j], i);
    place(moved, j);
  }
}
