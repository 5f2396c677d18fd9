package io.sounder.server.worker;

import java.util.OptionalDouble;

/**
 * Decides whether waking a worker pays: only where a core is free for it, and less and less often
 * while wake-ups turn out futile. The gate is opened and shut by the sampler's thread; wake-ups are
 * asked for by the reactor and by workers.
 */
final class WakeGate {
  /** Less of a core than this, and a worker would take its time from whoever feeds us. */
  static final double MIN_IDLE_CORES = 1.0 / 3;

  private static final int MAX_BACKOFF_SHIFT = 12; // at most 4096 occasions are let pass

  private volatile boolean open = true;
  private volatile boolean asked;
  private int backoffShift;
  private int occasionsToSkip;

  /** Sampler: takes a new measurement; where there is none, the gate is open. */
  void onSample(OptionalDouble idleCores) {
    open = idleCores.isEmpty() || idleCores.getAsDouble() >= MIN_IDLE_CORES;
  }

  boolean isOpen() {
    if (!asked) {
      asked = true;
    }
    return open;
  }

  /**
   * Sampler: whether anyone has asked since the last time; if not, there is nothing to measure for.
   */
  boolean wasAsked() {
    boolean was = asked;
    asked = false;
    return was;
  }

  /** Whether a worker may be woken on this occasion. */
  synchronized boolean mayWake() {
    if (!open) {
      return false;
    }
    if (occasionsToSkip > 0) {
      occasionsToSkip--;
      return false;
    }
    return true;
  }

  /** A worker that was woken found something to do, or did not. */
  synchronized void onWoken(boolean useful) {
    if (useful) {
      backoffShift = 0;
      occasionsToSkip = 0;
    } else {
      backoffShift = Math.min(backoffShift + 1, MAX_BACKOFF_SHIFT);
      occasionsToSkip = 1 << backoffShift;
    }
  }
}
