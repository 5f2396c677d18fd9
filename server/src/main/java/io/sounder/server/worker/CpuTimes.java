package io.sounder.server.worker;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * The idle time of those cores that this process may use, from {@code /proc/stat} (proc(5)): a line
 * for all cores, {@code cpu}, and one for each, {@code cpu0}. Idle is the fourth figure of a line,
 * and waiting for I/O the fifth.
 */
final class CpuTimes {
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final double NANOS_PER_TICK = 1e9 / 100; // USER_HZ is 100 on every Linux

  private final Path file;
  private final BitSet cores;
  private final byte[] text = new byte[64 << 10]; // some 600 cores

  /**
   * Times of some cores.
   *
   * @param file {@code /proc/stat}
   * @param cores their numbers
   */
  CpuTimes(Path file, BitSet cores) {
    this.file = file;
    this.cores = cores;
  }

  /** Of the machine, of the cores to which this process is bound; no others if that is unknown. */
  static CpuTimes ofThisProcess() {
    return new CpuTimes(Path.of("/proc/stat"), allowedCores(Path.of("/proc/self/status")));
  }

  /** What the line {@code Cpus_allowed_list} says, such as {@code 0-3,7}. */
  static BitSet allowedCores(Path status) {
    BitSet allowed = new BitSet();
    try {
      for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("Cpus_allowed_list:")) {
          for (String range : line.substring(line.indexOf(':') + 1).strip().split(",", -1)) {
            String[] ends = range.split("-", -1);
            allowed.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
          }
        }
      }
    } catch (IOException | NumberFormatException e) {
      allowed.clear();
    }
    return allowed;
  }

  /**
   * Nanoseconds, since the start of the machine, that all of them together were idle.
   *
   * @throws IOException if that cannot be read, or says nothing of them
   */
  double idleNanos() throws IOException {
    int length;
    try (FileInputStream stream = new FileInputStream(file.toFile())) {
      length = stream.readNBytes(text, 0, text.length);
    }
    long ticks = 0;
    int found = 0;
    int at = 0;
    while (at + 3 < length && text[at] == 'c' && text[at + 1] == 'p' && text[at + 2] == 'u') {
      int end = lineEnd(at, length);
      if (text[at + 3] != ' ' && cores.get((int) number(at + 3, end))) {
        ticks += field(IDLE, at, end) + field(IO_WAIT, at, end);
        found++;
      }
      at = end + 1;
    }
    if (found == 0) {
      throw new IOException("nothing of our cores in " + file);
    }
    return ticks * NANOS_PER_TICK;
  }

  private int lineEnd(int from, int length) {
    int at = from;
    while (at < length && text[at] != '\n') {
      at++;
    }
    return at;
  }

  private long field(int number, int from, int end) {
    int at = from;
    for (int i = 0; i < number; i++) {
      while (at < end && text[at] != ' ') {
        at++;
      }
      while (at < end && text[at] == ' ') {
        at++;
      }
    }
    return number(at, end);
  }

  private long number(int from, int end) {
    long value = 0;
    for (int at = from; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
      value = 10 * value + text[at] - '0';
    }
    return value;
  }
}
