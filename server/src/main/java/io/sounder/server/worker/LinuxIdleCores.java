package io.sounder.server.worker;

import io.sounder.server.connection.NanoClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Idle cores as Linux tells them: of those that the process may use, and in a container with a CPU
 * quota, what the quota leaves of them.
 */
final class LinuxIdleCores implements IdleCores {
  private static final double SMOOTHING = 0.4; // a tick is 10 ms: one look alone is too coarse
  private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final NanoClock clock;
  private final CpuTimes times;
  private final double quotaCores;
  private final DoubleSupplier poolNanos;
  private final DoubleSupplier processNanos;

  private boolean looked;
  private long lastNanos;
  private double lastIdleNanos;
  private double lastPoolNanos;
  private double lastProcessNanos;
  private Sample smoothed; // null before the second look

  /**
   * A look at given figures.
   *
   * @param quotaCores infinite without a quota
   * @param poolNanos CPU time of the pool
   * @param processNanos CPU time of the process; asked only if there is a quota
   */
  LinuxIdleCores(
      NanoClock clock,
      CpuTimes times,
      double quotaCores,
      DoubleSupplier poolNanos,
      DoubleSupplier processNanos) {
    this.clock = clock;
    this.times = times;
    this.quotaCores = quotaCores;
    this.poolNanos = poolNanos;
    this.processNanos = processNanos;
  }

  /** A look at this machine and process; {@code pollingNanos} is the reactor's part of the pool. */
  static LinuxIdleCores ofThisProcess(
      NanoClock clock, Supplier<List<Thread>> workers, DoubleSupplier pollingNanos) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return new LinuxIdleCores(
        clock,
        CpuTimes.ofThisProcess(),
        CpuQuota.cores().orElse(Double.POSITIVE_INFINITY),
        () -> {
          double sum = pollingNanos.getAsDouble();
          for (Thread worker : workers.get()) {
            sum += Math.max(0, threads.getThreadCpuTime(worker.getId()));
          }
          return sum;
        },
        LinuxIdleCores::cpuNanosOfThisProcess);
  }

  private static double cpuNanosOfThisProcess() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  /** Empty too when the last look is so long ago that it says nothing of now. */
  @Override
  public Optional<Sample> sinceLastLook() {
    double idle;
    try {
      idle = times.idleNanos();
    } catch (IOException e) {
      return Optional.empty();
    }
    long now = clock.nanoTime();
    double pool = poolNanos.getAsDouble();
    double process = quotaCores == Double.POSITIVE_INFINITY ? 0 : processNanos.getAsDouble();
    double elapsed = now - lastNanos;
    boolean stale = !looked || elapsed > STALE_NANOS || elapsed <= 0;
    double machineCores = (idle - lastIdleNanos) / elapsed;
    double quotaLeft = quotaCores - (process - lastProcessNanos) / elapsed;
    double poolCores = (pool - lastPoolNanos) / elapsed;
    looked = true;
    lastNanos = now;
    lastIdleNanos = idle;
    lastPoolNanos = pool;
    lastProcessNanos = process;
    if (stale) {
      smoothed = null;
      return Optional.empty();
    }
    Sample latest =
        new Sample(Math.max(0, Math.min(machineCores, quotaLeft)), Math.max(0, poolCores));
    smoothed =
        smoothed == null
            ? latest
            : new Sample(
                smooth(smoothed.machine(), latest.machine()),
                smooth(smoothed.pool(), latest.pool()));
    return Optional.of(smoothed);
  }

  private static double smooth(double before, double latest) {
    return before + SMOOTHING * (latest - before);
  }
}
