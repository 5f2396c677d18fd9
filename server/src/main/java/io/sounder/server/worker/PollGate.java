package io.sounder.server.worker;

/**
 * Whether the reactor may look for events again and again instead of sleeping: only on a core that
 * nobody else wants. What it uses for that is not idle any more, so it takes more to begin than to
 * go on.
 */
final class PollGate extends IdleGate {
  static final double CORES_TO_BEGIN = 0.5;
  static final double CORES_TO_GO_ON = 0.1;

  @Override
  boolean opensAt(IdleCores.Sample sample, boolean wasOpen) {
    return sample.machine() >= (wasOpen ? CORES_TO_GO_ON : CORES_TO_BEGIN);
  }
}
