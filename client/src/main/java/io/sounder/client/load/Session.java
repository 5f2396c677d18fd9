package io.sounder.client.load;

import java.nio.channels.SelectionKey;
import java.util.function.Consumer;

/**
 * One of the connections that were asked for, opened again whenever it ends. Belongs to its loop's
 * thread.
 */
interface Session extends Consumer<SelectionKey> {
  /** Begins to open the connection; called by the {@link Opener} when its turn has come. */
  void open(long nowNanos);

  /** The socket is ready for what it waits for. */
  @Override
  void accept(SelectionKey key);

  /** Requests may be sent from now on. */
  void onStart();

  /** In an open loop: a request is due, and this session is the next that has room for it. */
  void onDue();

  /** The test is over: tells of each request in flight that it has no reply. */
  void tellUnanswered(long nowNanos);

  /** Looks at what time brings: time-outs, a pause that is over. Called some 100 times a second. */
  void onTick(long nowNanos);

  /** How long the oldest request in flight has waited; 0 without one. */
  long oldestPendingNanos(long nowNanos);

  /** Lets go of the socket. */
  void close();
}
