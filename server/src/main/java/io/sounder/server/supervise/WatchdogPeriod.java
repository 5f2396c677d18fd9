package io.sounder.server.supervise;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How often a supervisor wants to hear from the process: sd_watchdog_enabled(3). */
final class WatchdogPeriod {
  /** Not at all. */
  static final long NONE = 0;

  private WatchdogPeriod() {}

  /**
   * Half of the time after which the process is taken for dead, as the manual advises; {@link
   * #NONE} if the environment asks for nothing, or asks another process.
   */
  static long nanos(Map<String, String> environment, long pid) {
    String asked = environment.getOrDefault("WATCHDOG_PID", "");
    if (!asked.isEmpty() && !asked.equals(Long.toString(pid))) {
      return NONE;
    }
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", ""));
      return micros <= 0 ? NONE : Math.max(1, TimeUnit.MICROSECONDS.toNanos(micros) / 2);
    } catch (NumberFormatException e) {
      return NONE;
    }
  }
}
