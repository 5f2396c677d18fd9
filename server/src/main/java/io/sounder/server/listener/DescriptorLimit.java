package io.sounder.server.listener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many descriptors this process may have open. */
public final class DescriptorLimit {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final long UNKNOWN = Integer.MAX_VALUE;

  private DescriptorLimit() {}

  /**
   * The soft limit, which the JVM raises to the hard one as it starts; very many where the platform
   * does not tell.
   */
  public static long current() {
    try {
      for (String line : Files.readAllLines(LIMITS, StandardCharsets.US_ASCII)) {
        if (line.startsWith("Max open files")) {
          String soft = line.substring("Max open files".length()).trim().split("\\s+", -1)[0];
          return soft.equals("unlimited") ? UNKNOWN : Long.parseLong(soft);
        }
      }
    } catch (IOException | NumberFormatException e) {
      return UNKNOWN;
    }
    return UNKNOWN;
  }
}
