package io.sounder.server.worker;

import io.sounder.server.connection.Listener;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Is told of each message that arrives, before it is answered. Called by the message's owner; must
 * not block.
 */
@FunctionalInterface
public interface MessageObserver {
  /** Looks at nothing. */
  MessageObserver NONE =
      new MessageObserver() {
        @Override
        public boolean wants(Listener listener) {
          return false;
        }

        @Override
        public void onMessage(Listener listener, Peer peer, ByteBuffer message) {}
      };

  /** Both look, each at what it wants. */
  static MessageObserver both(MessageObserver one, MessageObserver other) {
    List<MessageObserver> both = List.of(one, other);
    return (listener, peer, message) -> {
      for (MessageObserver each : both) {
        if (each.wants(listener)) {
          each.onMessage(listener, peer, message);
        }
      }
    };
  }

  /**
   * A message has arrived, and is shown if this says so; asked once for each message. Allocates
   * nothing where the answer is no.
   */
  default boolean wants(Listener listener) {
    return true;
  }

  /**
   * A message has arrived that it wants.
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
