package io.sounder.client.report;

/** Where a result was measured. */
public record Environment(
    String sounderVersion, String javaVersion, String operatingSystem, int cores) {
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
        Runtime.getRuntime().availableProcessors());
  }
}
