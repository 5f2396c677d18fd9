package io.sounder.bench.race.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux has written down about a process. */
final class ProcessAccounts {
  private static final long TICK_NANOS = 10_000_000L; // USER_HZ is 100 wherever Java runs
  private static final int USER_TIME = 11; // fields after the name, which may hold blanks
  private static final int SYSTEM_TIME = 12;

  private final Path folder;

  ProcessAccounts(long pid) {
    this.folder = Path.of("/proc", Long.toString(pid));
  }

  /** CPU time of all its threads, those that have ended among them. */
  long cpuNanos() throws IOException {
    String stat = Files.readString(folder.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * TICK_NANOS;
  }

  /** Memory that is really there. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(folder.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no VmRSS in " + folder.resolve("status"));
  }
}
