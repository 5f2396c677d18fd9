package io.sounder.client.load;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.sounder.client.net.NanoClock;
import io.sounder.client.report.SelfReport;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * What the client itself uses while it measures: CPU time, pauses for garbage collection, and room
 * for datagrams in this machine's kernel.
 */
final class SelfWatch implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final NanoClock clock;
  private final AtomicLong longestPauseMillis = new AtomicLong();
  private final NotificationListener onCollection = this::onCollection;
  private long startNanos;
  private long startCpuNanos;
  private long startPauseNanos;
  private long startReceiveBufferErrors;

  SelfWatch(NanoClock clock) {
    this.clock = clock;
    for (GarbageCollectorMXBean collector : pausingCollectors()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(onCollection, null, null);
      }
    }
    restart();
  }

  /** From here. */
  void restart() {
    startNanos = clock.nanoTime();
    startCpuNanos = cpuNanos();
    startPauseNanos = pauseNanos();
    startReceiveBufferErrors = UdpReceiveBufferErrors.total();
    longestPauseMillis.set(0);
  }

  /** What there is to say about the time since the start. */
  SelfReport report(long sendBufferFullNanos) {
    long errors = UdpReceiveBufferErrors.total();
    return new SelfReport(
        cpuCores(),
        pauseNanos() - startPauseNanos,
        longestPauseMillis.get() * NANOS_PER_MILLI,
        sendBufferFullNanos,
        errors < 0 ? errors : errors - startReceiveBufferErrors);
  }

  /** Cores used since the start, on average: 1.0 is one core all the time; NaN where not known. */
  private double cpuCores() {
    long cpu = cpuNanos();
    long elapsed = clock.nanoTime() - startNanos;
    return cpu < 0 || elapsed <= 0 ? Double.NaN : (double) (cpu - startCpuNanos) / elapsed;
  }

  private void onCollection(Notification notification, Object handback) {
    if (notification.getUserData() instanceof CompositeData data
        && notification
            .getType()
            .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      long millis = GarbageCollectionNotificationInfo.from(data).getGcInfo().getDuration();
      longestPauseMillis.accumulateAndGet(millis, Math::max);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }

  /** The JVM counts milliseconds. */
  private static long pauseNanos() {
    long millis = 0;
    for (GarbageCollectorMXBean collector : pausingCollectors()) {
      millis += Math.max(0, collector.getCollectionTime());
    }
    return millis * NANOS_PER_MILLI;
  }

  private static List<GarbageCollectorMXBean> pausingCollectors() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> !collector.getName().contains("Concurrent"))
        .filter(collector -> !collector.getName().contains("Cycles"))
        .toList();
  }

  @Override
  public void close() {
    for (GarbageCollectorMXBean collector : pausingCollectors()) {
      if (collector instanceof NotificationEmitter emitter) {
        try {
          emitter.removeNotificationListener(onCollection);
        } catch (ListenerNotFoundException e) {
          throw new IllegalStateException("the collector has forgotten its listener", e);
        }
      }
    }
  }
}
