package io.sounder.server.worker;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the idle cores 20 times a second, off the hot path, and moves the gates; not at all
 * while nobody looks at one.
 */
final class IdleSampler implements Runnable {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final List<IdleGate> gates;
  private final IdleCores idleCores;
  private final Thread thread = new Thread(this, "idle-sampler");
  private volatile boolean stopped;

  IdleSampler(List<IdleGate> gates, IdleCores idleCores) {
    this.gates = gates;
    this.idleCores = idleCores;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    while (!stopped) {
      if (anyWasAsked()) {
        Optional<IdleCores.Sample> sample = idleCores.sinceLastLook();
        gates.forEach(gate -> gate.onSample(sample));
      }
      LockSupport.parkNanos(this, PERIOD_NANOS);
      Thread.interrupted(); // an interrupt would otherwise keep it from ever waiting again
    }
  }

  private boolean anyWasAsked() {
    boolean any = false;
    for (IdleGate gate : gates) {
      any |= gate.wasAsked();
    }
    return any;
  }
}
