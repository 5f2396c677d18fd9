package io.sounder.client.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many columns the user's terminal has. */
public final class TerminalWidth {
  private static final int USUAL_COLUMNS = 80;
  private static final int MAX_WAIT_SECONDS = 1;
  private static final Pattern COLUMNS = Pattern.compile("[1-9][0-9]{0,3}");
  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("[0-9]+ ([1-9][0-9]{0,3})");

  private TerminalWidth() {}

  /**
   * The width as {@code COLUMNS} says, or else the terminal itself; 80 if neither does. Blocks for
   * as long as stty(1) runs.
   *
   * @param environment the process's variables
   */
  public static int columns(Map<String, String> environment) {
    String given = environment.getOrDefault("COLUMNS", "");
    return COLUMNS.matcher(given).matches()
        ? Integer.parseInt(given)
        : fromSize(askTerminal()).orElse(USUAL_COLUMNS);
  }

  /** Reads what {@code stty size} prints: {@code 24 80}; nothing where it does not know. */
  static OptionalInt fromSize(String size) {
    Matcher matcher = ROWS_AND_COLUMNS.matcher(size.strip());
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  private static String askTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return "";
      }
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return ""; // no such command, or no terminal
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
