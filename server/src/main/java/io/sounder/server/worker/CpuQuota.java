package io.sounder.server.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * The CPU quota of the control group that a container lives in, both versions of the interface
 * (cgroups(7)).
 */
final class CpuQuota {
  private static final Path VERSION_2 = Path.of("/sys/fs/cgroup/cpu.max");
  private static final Path VERSION_1_QUOTA = Path.of("/sys/fs/cgroup/cpu/cpu.cfs_quota_us");
  private static final Path VERSION_1_PERIOD = Path.of("/sys/fs/cgroup/cpu/cpu.cfs_period_us");

  private CpuQuota() {}

  /** The quota in cores, or empty if there is none. */
  static OptionalDouble cores() {
    try {
      if (Files.isReadable(VERSION_2)) {
        String[] quotaAndPeriod = Files.readString(VERSION_2).trim().split("\\s+", -1);
        return of(quotaAndPeriod[0], quotaAndPeriod[1]);
      }
      if (Files.isReadable(VERSION_1_QUOTA)) {
        return of(
            Files.readString(VERSION_1_QUOTA).trim(), Files.readString(VERSION_1_PERIOD).trim());
      }
    } catch (IOException | RuntimeException e) {
      return OptionalDouble.empty(); // not readable, or not as documented: as if there were none
    }
    return OptionalDouble.empty();
  }

  private static OptionalDouble of(String quota, String period) {
    boolean limited = !quota.equals("max") && !quota.startsWith("-");
    return limited
        ? OptionalDouble.of(Double.parseDouble(quota) / Double.parseDouble(period))
        : OptionalDouble.empty();
  }
}
