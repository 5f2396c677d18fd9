package io.sounder.server.metrics;

import io.sounder.server.connection.Handoff;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** All sockets that are open, visited by the reactor's thread. */
@FunctionalInterface
public interface Sockets {
  /** How long the reactor is waited for. */
  long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Any thread: has the reactor visit each, and say when that is done. Neither must throw. */
  void requestTour(Consumer<Handoff> visit, Runnable onEnd);

  /**
   * Has the reactor visit each, and waits for that.
   *
   * @return whether it is done; otherwise the reactor has not answered in time, and visits may go
   *     on
   */
  default boolean tour(Consumer<Handoff> visit) throws InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    requestTour(visit, () -> done.complete(null));
    try {
      done.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    }
  }
}
