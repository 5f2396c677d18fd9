package io.sounder.client.cli;

import java.util.Map;

/** How many columns the user's terminal has. */
public final class TerminalWidth {
  private TerminalWidth() {}

  /**
   * The width as {@code COLUMNS} says, or else the terminal itself; 80 if neither does. Blocks for
   * as long as stty(1) runs.
   *
   * @param environment the process's variables
   */
  public static int columns(Map<String, String> environment) {
    return TerminalSize.current(environment).columns();
  }
}
