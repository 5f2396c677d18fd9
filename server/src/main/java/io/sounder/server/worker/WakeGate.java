package io.sounder.server.worker;

/**
 * Decides whether waking a worker pays: only where a core is free for it, and less and less often
 * while wake-ups turn out futile. Wake-ups are asked for by the reactor and by workers.
 */
final class WakeGate extends IdleGate {
  /** Less of a core than this, and a worker would take its time from whoever feeds us. */
  static final double MIN_IDLE_CORES = 1.0 / 3;

  private static final int MAX_BACKOFF_SHIFT = 12; // at most 4096 occasions are let pass

  private int backoffShift;
  private int occasionsToSkip;

  WakeGate() {
    super(true);
  }

  @Override
  boolean opensAt(IdleCores.Sample sample, boolean wasOpen) {
    return sample.machine() + sample.pool() >= MIN_IDLE_CORES;
  }

  /** Whether a worker may be woken on this occasion. */
  synchronized boolean mayWake() {
    if (!isOpen()) {
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
