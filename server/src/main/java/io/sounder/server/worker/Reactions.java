package io.sounder.server.worker;

import io.sounder.server.connection.Handoff;

/** What an owner can ask of the reactor, from any thread. */
@FunctionalInterface
public interface Reactions {
  /** Posts a socket whose owner has let go of it, with the request that it holds. */
  void request(Handoff letGo);
}
