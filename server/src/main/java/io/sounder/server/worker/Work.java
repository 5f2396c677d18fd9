package io.sounder.server.worker;

import io.sounder.server.connection.NanoClock;
import io.sounder.server.watch.Pulse;

/** Busy CPU time that stands for a handler that computes: the key {@code work}. */
final class Work {
  private Work() {}

  static void burn(long nanos, NanoClock clock, Pulse pulse) {
    pulse.beatForWork(nanos);
    long until = clock.nanoTime() + nanos;
    while (until - clock.nanoTime() > 0) {
      Thread.onSpinWait();
    }
    pulse.beatAfterWork();
  }
}
