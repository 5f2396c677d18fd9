package io.sounder.client.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Datagrams that the kernel dropped because a socket had no room for them: they look lost, and were
 * there. Linux tells only the sum over all sockets of the network namespace (proc(5), {@code
 * RcvbufErrors}).
 */
final class UdpReceiveBufferErrors {
  private static final Path V4 = Path.of("/proc/net/snmp");
  private static final Path V6 = Path.of("/proc/net/snmp6");
  private static final String V4_LINE = "Udp: ";
  private static final String V4_NAME = "RcvbufErrors";
  private static final String V6_NAME = "Udp6RcvbufErrors";

  private UdpReceiveBufferErrors() {}

  /** How many there were since the machine was started; -1 where that is not known. */
  static long total() {
    try {
      return v4(Files.readAllLines(V4)) + (Files.exists(V6) ? v6(Files.readAllLines(V6)) : 0);
    } catch (IOException | NumberFormatException e) {
      return -1; // not Linux, or hidden by a sandbox
    }
  }

  /** A line of names, and a line of numbers below it. */
  static long v4(List<String> lines) {
    String[] names = {};
    for (String line : lines) {
      if (!line.startsWith(V4_LINE)) {
        continue;
      }
      String[] words = line.split(" ");
      int column = List.of(names).indexOf(V4_NAME);
      if (column >= 0) {
        return Long.parseLong(words[column]);
      }
      names = words;
    }
    throw new NumberFormatException("no " + V4_NAME);
  }

  /** A name and a number on each line. */
  static long v6(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith(V6_NAME + " ") || line.startsWith(V6_NAME + "\t")) {
        return Long.parseLong(line.substring(V6_NAME.length()).trim());
      }
    }
    return 0;
  }
}
