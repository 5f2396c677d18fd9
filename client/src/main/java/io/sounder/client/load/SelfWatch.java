package io.sounder.client.load;

import com.sun.management.OperatingSystemMXBean;
import io.sounder.client.net.NanoClock;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** What the client itself uses while it measures: CPU time, and pauses for garbage collection. */
final class SelfWatch {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final NanoClock clock;
  private long startNanos;
  private long startCpuNanos;
  private long startPauseNanos;

  SelfWatch(NanoClock clock) {
    this.clock = clock;
    restart();
  }

  /** From here. */
  void restart() {
    startNanos = clock.nanoTime();
    startCpuNanos = cpuNanos();
    startPauseNanos = pauseNanos();
  }

  /** Cores used since the start, on average: 1.0 is one core all the time; NaN where not known. */
  double cpuCores() {
    long cpu = cpuNanos();
    long elapsed = clock.nanoTime() - startNanos;
    return cpu < 0 || elapsed <= 0 ? Double.NaN : (double) (cpu - startCpuNanos) / elapsed;
  }

  /** How long the collector stopped all threads since the start; the JVM counts milliseconds. */
  long gcPauseNanos() {
    return pauseNanos() - startPauseNanos;
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }

  private static long pauseNanos() {
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      boolean concurrent =
          collector.getName().contains("Concurrent") || collector.getName().contains("Cycles");
      if (!concurrent) {
        millis += Math.max(0, collector.getCollectionTime());
      }
    }
    return millis * NANOS_PER_MILLI;
  }
}
