package io.sounder.server;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.worker.BufferPool;
import java.util.List;

/**
 * What a server is asked to be.
 *
 * @param workers how many worker threads; 0 leaves all work to the reactor
 * @param assist whether the reactor shares the work
 * @param show whether messages that arrive are printed on standard output
 * @param exitAfterConnections how many connections are served before it ends; 0 for no such limit
 * @param lameDuckNanos how long it goes on accepting after it was asked to stop
 * @param drainTimeoutNanos how long connections have to end in order
 * @param busyPollNanos how long the reactor may look for events before it sleeps; 0 for never
 * @param bufferBudgetBytes how much connections may hold together of what they began to send, or
 *     did not take
 */
public record ServerOptions(
    List<ListenerSpec> listeners,
    int workers,
    boolean assist,
    boolean show,
    long exitAfterConnections,
    long lameDuckNanos,
    long drainTimeoutNanos,
    long busyPollNanos,
    long bufferBudgetBytes) {
  private static final long DEFAULT_DRAIN_NANOS = 10_000_000_000L;
  private static final long DEFAULT_BUSY_POLL_NANOS = 50_000;

  public ServerOptions {
    listeners = List.copyOf(listeners);
  }

  /** The default options, with these listeners. */
  public static ServerOptions of(ListenerSpec... listeners) {
    return new ServerOptions(
        List.of(listeners),
        defaultWorkers(),
        true,
        false,
        0,
        0,
        DEFAULT_DRAIN_NANOS,
        DEFAULT_BUSY_POLL_NANOS,
        BufferPool.defaultBudgetBytes());
  }

  public ServerOptions withWorkers(int count) {
    return new ServerOptions(
        listeners,
        count,
        assist,
        show,
        exitAfterConnections,
        lameDuckNanos,
        drainTimeoutNanos,
        busyPollNanos,
        bufferBudgetBytes);
  }

  public ServerOptions withAssist(boolean on) {
    return new ServerOptions(
        listeners,
        workers,
        on,
        show,
        exitAfterConnections,
        lameDuckNanos,
        drainTimeoutNanos,
        busyPollNanos,
        bufferBudgetBytes);
  }

  /** One worker per core, less one for the reactor, and at least one. */
  public static int defaultWorkers() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }
}
