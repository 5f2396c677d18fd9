package io.sounder.server.worker;

import java.util.Optional;

/**
 * Open while there is enough of idle cores for something. It is opened and shut by the sampler's
 * thread, and asked by others.
 */
abstract class IdleGate {
  private final boolean openIfUnknown;
  private volatile boolean open;
  private volatile boolean asked;

  /**
   * A gate without a sample.
   *
   * @param openIfUnknown whether it is open at first, and where the platform cannot tell
   */
  IdleGate(boolean openIfUnknown) {
    this.openIfUnknown = openIfUnknown;
    this.open = openIfUnknown;
  }

  /** Sampler: whether it is open from now on. */
  abstract boolean opensAt(IdleCores.Sample sample, boolean wasOpen);

  /** Sampler: takes a new measurement, or hears that there is none. */
  final void onSample(Optional<IdleCores.Sample> sample) {
    open = sample.isEmpty() ? openIfUnknown : opensAt(sample.get(), open);
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
