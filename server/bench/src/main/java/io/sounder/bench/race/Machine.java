package io.sounder.bench.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the race runs on.
 *
 * @param java how another Java program of this module is started, up to its class
 * @param peerJava the same for a server, with the flags that its users would give it
 * @param description in one line
 */
record Machine(List<String> java, List<String> peerJava, String description) {
  private static final int FIRST_TO_WARN_OF_NATIVES = 22;
  private static final int FIRST_TO_ASK_FOR_UNSAFE = 23;

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
    List<String> peerJava = new ArrayList<>(List.of(java));
    peerJava.addAll(peerFlags(Runtime.version().feature()));
    peerJava.addAll(List.of("-cp", classPath));
    return new Machine(List.of(java, "-cp", classPath), List.copyOf(peerJava), description);
  }

  /**
   * What every Java server is given, so that none is slower for its flags alone: the collector and
   * the cache of boxed descriptors that Sounder's launcher gives Sounder (no heap size, as it gives
   * none), leave to load native transports, and the raw memory access without which Netty 4.2 takes
   * a slower way on Java 24 and newer.
   */
  private static List<String> peerFlags(int javaVersion) {
    List<String> flags =
        new ArrayList<>(List.of("-XX:+UseParallelGC", "-XX:AutoBoxCacheMax=16383"));
    if (javaVersion >= FIRST_TO_WARN_OF_NATIVES) {
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    if (javaVersion >= FIRST_TO_ASK_FOR_UNSAFE) {
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    return flags;
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
