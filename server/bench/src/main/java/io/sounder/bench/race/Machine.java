package io.sounder.bench.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the race runs on.
 *
 * @param java how another Java program of this module is started, up to its class
 * @param description in one line
 */
record Machine(List<String> java, String description) {
  /** This one; the other programs run on the same Java as this. */
  static Machine here(Path bench) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = bench.resolve("target/sounder-bench.jar").toString();
    String description =
        Runtime.getRuntime().availableProcessors()
            + " × "
            + cpuModel()
            + " · "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " · Java "
            + Runtime.version();
    return new Machine(List.of(java, "-cp", classPath), description);
  }

  private static String cpuModel() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      for (String line : Files.readAllLines(info)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return System.getProperty("os.arch");
  }
}
