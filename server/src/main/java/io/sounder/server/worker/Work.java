package io.sounder.server.worker;

import io.sounder.server.connection.NanoClock;

/** Busy CPU time that stands for a handler that computes: the key {@code work}. */
final class Work {
  private Work() {}

  static void burn(long nanos, NanoClock clock) {
    long until = clock.nanoTime() + nanos;
    while (until - clock.nanoTime() > 0) {
      Thread.onSpinWait();
    }
  }
}
