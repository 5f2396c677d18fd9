package io.sounder.server.worker;

import java.util.Optional;

/** How much of the machine nobody uses. */
@FunctionalInterface
public interface IdleCores {
  /**
   * What was seen since the last look.
   *
   * @param machine cores that were idle, of those that the process may use
   * @param pool cores that the workers used, or the reactor for polling, which are the pool's to
   *     use
   */
  record Sample(double machine, double pool) {}

  /** Empty where the platform cannot tell. Called by one thread only. */
  Optional<Sample> sinceLastLook();
}
