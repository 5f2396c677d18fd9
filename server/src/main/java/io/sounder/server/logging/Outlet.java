package io.sounder.server.logging;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Where any thread leaves what one thread then writes, to something that may block or fail: a
 * terminal, a pipe that nobody reads, a full disk. Leaving something takes no lock and waits for
 * nobody; what finds no room, or cannot be written, is dropped and counted.
 *
 * @param <T> what is written
 */
public final class Outlet<T> implements Runnable {
  private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unwritten = new AtomicInteger(); // what is just being written, too
  private final int capacity;
  private final Writer<T> writer;
  private final Runnable onDropped;
  private final Thread thread;
  private volatile boolean stopped;

  /** Writes, on the outlet's own thread. */
  @FunctionalInterface
  public interface Writer<T> {
    /**
     * Writes one; may block.
     *
     * @param isLast whether nothing else waits now
     * @throws IOException if it could not be written, so that it is lost
     */
    void write(T next, boolean isLast) throws IOException;
  }

  /**
   * An outlet whose thread does not run yet.
   *
   * @param capacity how many may wait
   * @param onDropped told of each that was not written, by any thread
   */
  public Outlet(String threadName, int capacity, Writer<T> writer, Runnable onDropped) {
    this.capacity = capacity;
    this.writer = writer;
    this.onDropped = onDropped;
    this.thread = new Thread(this, threadName);
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Whether one more would find room; to spare the work of making it. Any thread. */
  public boolean hasRoom() {
    return unwritten.get() < capacity;
  }

  /** Leaves one to be written. Any thread. */
  public void put(T next) {
    if (stopped || !tryReserve()) {
      onDropped.run();
      return;
    }
    waiting.add(next);
    LockSupport.unpark(thread);
  }

  private boolean tryReserve() {
    if (unwritten.incrementAndGet() <= capacity) {
      return true;
    }
    unwritten.decrementAndGet();
    return false;
  }

  @Override
  public void run() {
    while (true) {
      T next = waiting.poll();
      if (next != null) {
        write(next);
      } else if (stopped) {
        return;
      } else {
        LockSupport.park(this);
        Thread.interrupted(); // an interrupt would otherwise keep it from ever waiting again
      }
    }
  }

  private void write(T next) {
    try {
      writer.write(next, waiting.isEmpty());
    } catch (IOException | RuntimeException e) {
      onDropped.run();
    } finally {
      unwritten.decrementAndGet();
    }
  }

  /** Takes nothing more, and has what waits written, as far as that can be done in time. */
  public void stop(long timeoutNanos) throws InterruptedException {
    stopped = true;
    LockSupport.unpark(thread);
    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
  }
}
