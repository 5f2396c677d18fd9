package io.sounder.server.reactor;

import io.sounder.server.connection.DatagramPort;
import io.sounder.server.connection.Listener;
import java.nio.channels.ServerSocketChannel;
import java.util.Collection;

/** What the reactor listens on, to be changed. On its thread alone. */
public interface Listening {
  /** Starts accepting from a bound, non-blocking channel. */
  void listen(ServerSocketChannel channel, Listener listener);

  /** Starts receiving on a bound, non-blocking channel. */
  void receive(DatagramPort port);

  /**
   * Has a listener's socket serve its successor: connections that begin from now on are that one's,
   * and those that are open keep what they have, but for the faults.
   */
  void succeed(Listener before, Listener after);

  /** The same for a UDP socket, from its next turn on. */
  void succeed(DatagramPort port, DatagramPort.Service after);

  /**
   * Stops accepting on these listeners, and ends their connections and UDP sockets in order: what
   * was sent is answered, what waits is sent.
   *
   * @param timeoutNanos after so long, what is left is closed as it is
   * @param onEnded called when nothing is left
   */
  void remove(Collection<Listener> gone, long timeoutNanos, Runnable onEnded);
}
