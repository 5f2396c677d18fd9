package io.sounder.server.supervise;

import java.io.IOException;

/** Passes what is said on to the supervisor. */
@FunctionalInterface
interface Messenger {
  /**
   * Sends one message. May block for some seconds.
   *
   * @param assignments such as {@code READY=1}
   * @throws IOException if it cannot be sent; the message says why, and what to do
   */
  void send(String... assignments) throws IOException, InterruptedException;
}
