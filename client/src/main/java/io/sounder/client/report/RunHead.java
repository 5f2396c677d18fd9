package io.sounder.client.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is tested, and how, as it stands above every table. */
public final class RunHead {
  static final int COLUMNS = 80;
  static final String INDENT = " ".repeat(13);

  private RunHead() {}

  /** An empty line, the target, and the settings, as many to a line as fit. */
  public static List<String> lines(String target, Map<String, Object> settings, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(String.format("%-13s", "target") + style.bold(target));
    String line = "";
    for (Map.Entry<String, Object> setting : settings.entrySet()) {
      String item = setting.getKey() + " " + setting.getValue();
      String longer = line.isEmpty() ? item : line + style.fit(" · ") + item;
      if (longer.length() > COLUMNS - INDENT.length() && !line.isEmpty()) {
        lines.add(INDENT + style.dim(line));
        line = item;
      } else {
        line = longer;
      }
    }
    lines.add(INDENT + style.dim(line));
    return lines;
  }
}
