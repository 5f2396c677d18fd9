package io.sounder.server.worker;

import java.util.Optional;

/**
 * Open while there is enough of idle cores for something; also where the platform cannot tell. It
 * is opened and shut by the sampler's thread, and asked by others.
 */
abstract class IdleGate {
  private volatile boolean open = true;
  private volatile boolean asked;

  /** Sampler: whether it is open from now on. */
  abstract boolean opensAt(IdleCores.Sample sample, boolean wasOpen);

  /** Sampler: takes a new measurement. */
  final void onSample(Optional<IdleCores.Sample> sample) {
    open = sample.isEmpty() || opensAt(sample.get(), open);
  }

  /**
   * Sampler: whether anyone has asked since the last time; if not, there is nothing to measure for.
   */
  final boolean wasAsked() {
    boolean was = asked;
    asked = false;
    return was;
  }

  /** Any thread. */
  final boolean isOpen() {
    if (!asked) {
      asked = true;
    }
    return open;
  }
}
