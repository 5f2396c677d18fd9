package io.sounder.server.worker;

import io.sounder.server.connection.Handoff;

/** What an owner can ask of the reactor, from any thread. */
@FunctionalInterface
public interface Reactions {
  /** Posts a socket whose owner has let go of it, with the request that it holds. */
  void request(Handoff letGo);

  /** Asks it to let nobody in for a moment, since the JVM has no direct memory left. */
  default void requestAcceptPause() {}
}
