package io.sounder.client.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a result was measured. */
public record Environment(
    String sounderVersion, String javaVersion, String operatingSystem, int cores, String host) {
  /**
   * This process's.
   *
   * @param sounderVersion as the client itself knows it
   */
  public static Environment current(String sounderVersion) {
    return new Environment(
        sounderVersion,
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        hostName());
  }

  /** Read where Linux keeps it, since asking the resolver for it may take seconds. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).trim();
    } catch (IOException e) {
      return System.getenv().getOrDefault("HOSTNAME", "unknown");
    }
  }
}
