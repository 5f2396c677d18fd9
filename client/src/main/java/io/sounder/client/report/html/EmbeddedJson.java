package io.sounder.client.report.html;

/** JSON inside a script element, which ends at the first thing that looks like its end. */
final class EmbeddedJson {
  private EmbeddedJson() {}

  /**
   * The same JSON in ASCII, without anything that a parser of HTML or of scripts could take for its
   * own: such characters stand in strings only, where JSON has escapes for them.
   */
  static String escape(String json) {
    StringBuilder escaped = new StringBuilder(json.length() + 16);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean isAscii = c >= ' ' && c <= '~';
      boolean isSafe = isAscii ? c != '<' && c != '>' && c != '&' : c == '\n';
      if (isSafe) {
        escaped.append(c);
      } else {
        escaped.append(String.format("\\u%04x", (int) c));
      }
    }
    return escaped.toString();
  }
}
