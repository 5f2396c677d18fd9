package io.sounder.systems;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The commands of this test: the originals in Python, and the runnable jars. */
public final class Programs {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("sounder.root"), "client/src/test/resources/systems");
  private static final String PYTHON = findPython();

  private Programs() {}

  /** An original. */
  static List<String> python(String script, String... arguments) {
    assumeTrue(
        !PYTHON.isEmpty(), "python3 is not on PATH, and the original programs are written in it");
    List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Our service. */
  public static List<String> serve(String... arguments) {
    return java("sounder.server.jar", Stream.of(arguments));
  }

  /** A command of our client. */
  public static List<String> sounder(String... arguments) {
    return java("sounder.client.jar", Stream.of(arguments));
  }

  /** A command as a user at a terminal runs it. */
  static List<String> atTerminal(List<String> command) {
    return Stream.concat(python("pseudo_terminal.py").stream(), command.stream()).toList();
  }

  /**
   * A command that SIGINT ends, even if our own caller ignores it, as a shell's background does.
   */
  static List<String> interruptible(List<String> command) {
    return Stream.concat(python("restore_signals.py").stream(), command.stream()).toList();
  }

  private static List<String> java(String jarProperty, Stream<String> arguments) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                System.getProperty(jarProperty)),
            arguments)
        .toList();
  }

  /** The interpreter itself: what is on PATH may be a script that starts it slowly. */
  private static String findPython() {
    List<String> question = List.of("python3", "-c", "import sys; print(sys.executable)");
    try (Program program = Program.start(question)) {
      return program.exitCode() == 0 ? program.out().strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
