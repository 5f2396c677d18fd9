package io.sounder.server.worker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the idle cores 20 times a second, off the hot path, and moves the gate; not at all while
 * nobody looks at the gate.
 */
final class IdleSampler implements Runnable {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final WakeGate gate;
  private final IdleCores idleCores;
  private final Thread thread = new Thread(this, "idle-sampler");
  private volatile boolean stopped;

  IdleSampler(WakeGate gate, IdleCores idleCores) {
    this.gate = gate;
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
      if (gate.wasAsked()) {
        gate.onSample(idleCores.sinceLastLook());
      }
      LockSupport.parkNanos(this, PERIOD_NANOS);
    }
  }
}
