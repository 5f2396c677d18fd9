package io.sounder.server.reactor;

import io.sounder.server.connection.Handoff;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.metrics.Counters;

/**
 * How long the reactor's cycles take, how many sockets they bring, and when each was found ready.
 * The clock is looked at once for all that a select brings, and not at all where it brings nothing.
 * The reactor's alone.
 */
final class CycleMeter {
  private final NanoClock clock;
  private final Counters counters;
  private boolean begun; // something was found since the cycle began
  private boolean looked; // and the time is that of the last select
  private long begunNanos;
  private long foundNanos;
  private int found;

  CycleMeter(NanoClock clock, Counters counters) {
    this.clock = clock;
    this.counters = counters;
  }

  /** A socket was found ready, or has something to do. */
  void onFound(Handoff ready) {
    if (!looked) {
      looked = true;
      foundNanos = clock.nanoTime();
    }
    if (!begun) {
      begun = true;
      begunNanos = foundNanos;
    }
    found++;
    ready.onReady(foundNanos);
  }

  /** Time has passed since the last select: what is found from now on is found later. */
  void onAssisted() {
    looked = false;
  }

  /** A cycle is over, and the next one is about to select. */
  void onCycle(long nowNanos) {
    if (begun) {
      counters.onBusyCycle(nowNanos - begunNanos, found);
      begun = false;
      looked = false;
      found = 0;
    }
  }
}
