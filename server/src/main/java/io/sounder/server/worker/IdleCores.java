package io.sounder.server.worker;

import java.util.OptionalDouble;

/**
 * How many of the machine's cores are idle, or used by the pool itself and so the pool's to use.
 */
@FunctionalInterface
public interface IdleCores {
  /** Cores since the last look; empty where the platform cannot tell. Called by one thread only. */
  OptionalDouble sinceLastLook();
}
