package io.sounder.client.exchange;

import java.io.IOException;
import java.util.Optional;

/** Where the messages come from. */
public interface MessageSource {
  /** The next message; empty after the last. May wait for input. */
  Optional<byte[]> next() throws IOException;

  /** How long to wait between one message and the next, in nanoseconds. */
  default long intervalNanos() {
    return 0;
  }

  /**
   * Whether it is known that more will come, so that a peer that closes now has missed something;
   * input that is still open, and has nothing in it now, may as well never have.
   */
  default boolean hasMore() {
    return false;
  }
}
