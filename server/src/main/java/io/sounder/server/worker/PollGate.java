package io.sounder.server.worker;

/**
 * Whether the reactor may poll for events instead of sleeping: only on a core that nobody else
 * wants. What it uses for that is not idle any more, so it takes more to begin than to go on; and
 * where polling is what leaves nothing idle, it stays away for longer each time.
 */
final class PollGate extends IdleGate {
  static final double CORES_TO_BEGIN = 0.5;
  static final double CORES_TO_GO_ON = 0.1;

  private static final int SHORTEST_REST = 20; // samples, 20 a second
  private static final int LONGEST_REST = 60 * 20;

  private int rest = SHORTEST_REST;
  private int samplesToRest;
  private int samplesOpen;

  PollGate() {
    super(false);
  }

  @Override
  boolean opensAt(IdleCores.Sample sample, boolean wasOpen) {
    if (wasOpen) {
      if (sample.machine() >= CORES_TO_GO_ON) {
        samplesOpen = Math.min(samplesOpen + 1, LONGEST_REST + 1); // may be years
        return true;
      }
      rest = samplesOpen > rest ? SHORTEST_REST : Math.min(2 * rest, LONGEST_REST);
      samplesToRest = rest;
      return false;
    }
    samplesOpen = 0;
    if (samplesToRest > 0) {
      samplesToRest--;
      return false;
    }
    return sample.machine() >= CORES_TO_BEGIN;
  }
}
