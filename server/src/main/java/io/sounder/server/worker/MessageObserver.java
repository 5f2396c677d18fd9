package io.sounder.server.worker;

import io.sounder.server.connection.Listener;
import java.nio.ByteBuffer;

/**
 * Is told of each message that arrives, before it is answered. Called by the message's owner; must
 * not block.
 */
@FunctionalInterface
public interface MessageObserver {
  /** Looks at nothing. */
  MessageObserver NONE = (listener, peer, message) -> {};

  /**
   * A message has arrived.
   *
   * @param peer the peer's address; made only when it is asked for
   * @param message from position to limit, to be left as it is and not to be kept
   */
  void onMessage(Listener listener, Peer peer, ByteBuffer message);

  /** Who sent a message, for people. */
  @FunctionalInterface
  interface Peer {
    String text();
  }
}
