package io.sounder.server.connection;

import io.sounder.server.fault.FaultCounts;
import io.sounder.server.fault.FaultPlan;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where something listens, and what outlives a change of what is said there: connections that began
 * before the change count beside those that began after it, and faults are injected into all. The
 * counts are the reactor's.
 */
final class Place {
  /** From the first to the last. */
  private enum State {
    SERVING,
    /** Nothing listens here any more, and what is left ends in order. */
    REMOVED,
    /** The time for that is over. */
    OVER
  }

  private final AtomicLong datagramReplies = new AtomicLong();
  private final FaultCounts faultCounts = new FaultCounts();
  private volatile int maxConnections; // moved by the reactor, looked at by anyone
  private int openConnections;
  private long admittedConnections;
  private volatile FaultPlan faults; // null until there are any
  private volatile State state = State.SERVING;

  Place(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  AtomicLong datagramReplies() {
    return datagramReplies;
  }

  FaultCounts faultCounts() {
    return faultCounts;
  }

  FaultPlan faults() {
    return faults;
  }

  void faults(FaultPlan from) {
    faults = from;
  }

  /** Whether nothing listens here any more. */
  boolean isRemoved() {
    return state != State.SERVING;
  }

  void remove() {
    state = State.REMOVED;
  }

  /** Whether what is left here is to be closed as it is. */
  boolean isOver() {
    return state == State.OVER;
  }

  void endNow() {
    state = State.OVER;
  }

  int maxConnections() {
    return maxConnections;
  }

  void limitTo(int connections) {
    maxConnections = connections;
  }

  boolean tryAdmit() {
    if (openConnections >= maxConnections) {
      return false;
    }
    openConnections++;
    admittedConnections++;
    return true;
  }

  long admittedConnections() {
    return admittedConnections;
  }

  void onLeft() {
    openConnections--;
  }
}
