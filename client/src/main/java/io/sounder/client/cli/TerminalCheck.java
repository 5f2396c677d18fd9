package io.sounder.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells terminals from pipes and files, each descriptor by itself, which Java's Console cannot. */
final class TerminalCheck {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private TerminalCheck() {}

  /** Whether a descriptor of this process is a terminal. */
  static boolean isTerminal(int descriptor) {
    try {
      String file =
          Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(descriptor))).toString();
      return file.startsWith("/dev/pts/")
          || file.startsWith("/dev/tty")
          || file.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return consoleIsTerminal(); // no such folder on this system
    }
  }

  /** Since Java 22 there may be a Console without a terminal; it then says so itself. */
  @SuppressWarnings("SystemConsoleNull") // null is looked at for Java 17 to 21 only
  private static boolean consoleIsTerminal() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
