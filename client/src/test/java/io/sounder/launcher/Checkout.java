package io.sounder.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.systems.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder that the launcher takes for its own: built, and with nothing to build from. */
final class Checkout {
  static final String MAKER = "server/packaging/make-archives";

  private static final Path ROOT = Path.of(System.getProperty("sounder.root"));
  private static final long MAKING_SECONDS = 180; // several starts of Java, on a busy machine

  private final Path root;

  private Checkout(Path root) {
    this.root = root;
  }

  /** Lays one out in an empty folder. */
  static Checkout in(Path folder) throws IOException {
    Checkout checkout = new Checkout(folder.toRealPath()); // as the launcher calls it
    for (String file : List.of("pom.xml", "sounder", MAKER)) {
      checkout.copy(ROOT.resolve(file), file);
    }
    for (String program : List.of("server", "client")) { // last: jars are as new as the sources
      Path jar = Path.of(System.getProperty("sounder." + program + ".jar"));
      checkout.copy(jar, program + "/target/sounder-" + program + ".jar");
    }
    return checkout;
  }

  private void copy(Path from, String to) throws IOException {
    Files.createDirectories(root.resolve(to).getParent());
    Files.copy(from, root.resolve(to));
    assertTrue(root.resolve(to).toFile().setExecutable(Files.isExecutable(from)));
  }

  Path path(String relative) {
    return root.resolve(relative);
  }

  /** Where archives for the Java that runs us belong. */
  Path archives() {
    return root.resolve("target/class-data/java" + Runtime.version().feature());
  }

  /** Has the launcher make archives, and waits as long as that takes. */
  void makeArchives() throws IOException, InterruptedException {
    ProcessBuilder launcher = new ProcessBuilder(launcher("serve", "--version"));
    launcher.environment().putAll(environment(""));
    Path output = Files.createTempFile("launcher", ".log");
    Process process = launcher.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(MAKING_SECONDS, TimeUnit.SECONDS);
    process.destroy();
    String said = Files.readString(output);
    Files.delete(output);
    assertTrue(ended && process.exitValue() == 0, () -> "no archives were made: " + said);
  }

  /** Starts the launcher with the Java that runs us, and with further flags for it. */
  Program start(String javaOptions, String... arguments) throws IOException {
    return Program.start(launcher(arguments), environment(javaOptions));
  }

  private List<String> launcher(String... arguments) {
    return Stream.concat(Stream.of(root.resolve("sounder").toString()), Stream.of(arguments))
        .toList();
  }

  private static Map<String, String> environment(String javaOptions) {
    return Map.of("JAVA_HOME", System.getProperty("java.home"), "SOUNDER_JAVA_OPTS", javaOptions);
  }
}
