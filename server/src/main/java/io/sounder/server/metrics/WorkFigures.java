package io.sounder.server.metrics;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Who has done how much, at one moment.
 *
 * @param workers each worker's tally
 * @param reactor what the reactor has done by assisting
 * @param queued how many sockets wait for an owner
 */
public record WorkFigures(List<Tally> workers, Tally reactor, int queued) {
  /** A figure of all workers together. */
  long byWorkers(ToLongFunction<Tally> figure) {
    return workers.stream().mapToLong(figure).sum();
  }

  /** A figure of workers and reactor together. */
  long total(ToLongFunction<Tally> figure) {
    return byWorkers(figure) + figure.applyAsLong(reactor);
  }

  /** How many messages have arrived. */
  public long messages() {
    return total(Tally::messages);
  }
}
