package io.sounder.server.worker;

import io.sounder.server.connection.NanoClock;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Idle cores as Linux tells them: {@code /proc/stat} for the machine; in a container with a CPU
 * quota, what the quota leaves of it.
 */
final class LinuxIdleCores implements IdleCores {
  private static final String MACHINE = "/proc/stat";
  private static final int IDLE_FIELD = 4;
  private static final int IO_WAIT_FIELD = 5;
  private static final double NANOS_PER_TICK = 1e9 / 100; // USER_HZ is 100 on every Linux
  private static final double SMOOTHING = 0.4; // a tick is 10 ms: one look alone is too coarse

  private final NanoClock clock;
  private final Supplier<List<Thread>> pool;
  private final double quotaCores;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private final byte[] start = new byte[256]; // room for the first line
  private long lastNanos;
  private double lastIdleNanos;
  private double lastPoolNanos;
  private double lastProcessNanos;
  private Sample smoothed; // null before the second look

  LinuxIdleCores(NanoClock clock, Supplier<List<Thread>> pool) {
    this.clock = clock;
    this.pool = pool;
    this.quotaCores = CpuQuota.cores().orElse(Double.POSITIVE_INFINITY);
  }

  @Override
  public Optional<Sample> sinceLastLook() {
    double idleNanos;
    try {
      idleNanos = machineIdleNanos();
    } catch (IOException e) {
      return Optional.empty();
    }
    long now = clock.nanoTime();
    double poolNanos = poolNanos();
    double processNanos = processNanos();
    double elapsed = now - lastNanos;
    boolean first = lastNanos == 0;
    double machineIdle = (idleNanos - lastIdleNanos) / elapsed;
    double quotaIdle = quotaCores - (processNanos - lastProcessNanos) / elapsed;
    double own = (poolNanos - lastPoolNanos) / elapsed;
    lastNanos = now;
    lastIdleNanos = idleNanos;
    lastPoolNanos = poolNanos;
    lastProcessNanos = processNanos;
    if (first) {
      return Optional.empty();
    }
    Sample latest = new Sample(Math.max(0, Math.min(machineIdle, quotaIdle)), Math.max(0, own));
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

  /**
   * The machine's idle and I/O-waiting time: the fourth and fifth figure of the first line
   * (proc(5)).
   */
  private double machineIdleNanos() throws IOException {
    int length;
    try (FileInputStream machine = new FileInputStream(MACHINE)) {
      length = machine.read(start);
    }
    int at = 0;
    long idleTicks = 0;
    for (int field = 0; field <= IO_WAIT_FIELD; field++) {
      long value = 0;
      while (at < length && start[at] != ' ') {
        value = 10 * value + start[at++] - '0'; // meaningless for the first field, which is "cpu"
      }
      while (at < length && start[at] == ' ') {
        at++;
      }
      idleTicks += field >= IDLE_FIELD ? value : 0;
    }
    if (at >= length) {
      throw new IOException("no cpu line in " + MACHINE);
    }
    return idleTicks * NANOS_PER_TICK;
  }

  private double poolNanos() {
    double sum = 0;
    for (Thread thread : pool.get()) {
      sum += Math.max(0, threads.getThreadCpuTime(thread.getId()));
    }
    return sum;
  }

  private double processNanos() {
    if (quotaCores == Double.POSITIVE_INFINITY) {
      return 0;
    }
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
