package io.sounder.client.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large the user's terminal is, in characters. */
public record TerminalSize(int rows, int columns) {
  /** What a terminal has that does not say. */
  public static final TerminalSize USUAL = new TerminalSize(24, 80);

  private static final int MAX_WAIT_SECONDS = 1;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
  private static final Pattern ROWS_AND_COLUMNS =
      Pattern.compile("([1-9][0-9]{0,3}) ([1-9][0-9]{0,3})");

  /**
   * The size as {@code LINES} and {@code COLUMNS} say, or else the terminal itself. Blocks for as
   * long as stty(1) runs.
   *
   * @param environment the process's variables
   */
  public static TerminalSize current(Map<String, String> environment) {
    String rows = environment.getOrDefault("LINES", "");
    String columns = environment.getOrDefault("COLUMNS", "");
    boolean rowsGiven = NUMBER.matcher(rows).matches();
    boolean columnsGiven = NUMBER.matcher(columns).matches();
    TerminalSize asked = rowsGiven && columnsGiven ? USUAL : parse(askTerminal()).orElse(USUAL);
    return new TerminalSize(
        rowsGiven ? Integer.parseInt(rows) : asked.rows,
        columnsGiven ? Integer.parseInt(columns) : asked.columns);
  }

  /** Reads what {@code stty size} prints: {@code 24 80}; nothing where it does not know. */
  static Optional<TerminalSize> parse(String size) {
    Matcher matcher = ROWS_AND_COLUMNS.matcher(size.strip());
    return matcher.matches()
        ? Optional.of(
            new TerminalSize(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
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
