package io.sounder.server.worker;

import io.sounder.server.connection.NanoClock;
import io.sounder.server.count.Tally;
import io.sounder.server.metrics.Counters;
import io.sounder.server.watch.Pulse;
import java.util.function.BooleanSupplier;

/**
 * What the turns of one thread work with.
 *
 * @param thread which share of a listener's counts is this thread's
 * @param tally this thread's own
 * @param pulse this thread's own
 * @param draining whether the server was asked to stop: a connection is closed once what it sent is
 *     answered
 */
record TurnContext(
    NanoClock clock,
    BufferPool pool,
    Counters counters,
    MessageObserver observer,
    Reactions reactions,
    BooleanSupplier draining,
    int thread,
    Tally tally,
    Pulse pulse) {
  boolean isDraining() {
    return draining.getAsBoolean();
  }
}
