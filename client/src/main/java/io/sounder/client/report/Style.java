package io.sounder.client.report;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the terminal can show: colours, and characters beyond ASCII.
 *
 * @param colours whether to use ANSI escapes
 * @param unicode whether block characters are understood
 */
public record Style(boolean colours, boolean unicode) {
  private static final String RESET = "\u001b[0m";

  /** No colours, ASCII only. */
  public static final Style PLAIN = new Style(false, false);

  /** No colours, all characters: for files. */
  public static final Style FILE = new Style(false, true);

  /**
   * What suits a stream.
   *
   * @param terminal whether a person looks on
   * @param environment the process's variables: {@code NO_COLOR}, {@code TERM} and the locale's
   */
  public static Style of(boolean terminal, Map<String, String> environment) {
    boolean refused =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return new Style(terminal && !refused, isUtf8(environment));
  }

  private static boolean isUtf8(Map<String, String> environment) {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        String upper = value.toUpperCase(java.util.Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }

  /** The charset that a terminal of this style reads. */
  public Charset charset() {
    return unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
  }

  public String bold(String text) {
    return colours ? "\u001b[1m" + text + RESET : text;
  }

  public String dim(String text) {
    return colours ? "\u001b[2m" + text + RESET : text;
  }

  public String good(String text) {
    return colours ? "\u001b[1;32m" + text + RESET : text;
  }

  public String bad(String text) {
    return colours ? "\u001b[1;31m" + text + RESET : text;
  }

  public String bar(String text) {
    return colours ? "\u001b[36m" + text + RESET : text;
  }

  /** The text as this terminal can show it. */
  public String fit(String text) {
    return unicode
        ? text
        : text.replace("µ", "u")
            .replace("·", "-")
            .replace("…", "...")
            .replace("–", "-")
            .replace("±", "")
            .replace("×", "x");
  }
}
