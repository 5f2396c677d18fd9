package io.sounder.client.report;

import io.sounder.client.cli.TerminalSize;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of a terminal as is needed to see what a person would: text, line ends, the cursor up,
 * clearing, colours passed over. When it gets another width it wraps what is on it anew, as VTE's
 * and tmux do, or cuts it, as xterm does.
 */
final class EmulatedTerminal {
  private final boolean reflows;
  private int rows;
  private int columns;

  /** What is on it, and what has left it at its top. */
  private final List<Row> all = new ArrayList<>();

  private int top; // the first that is on it
  private int cursorRow; // an index as well
  private int cursorColumn;

  /** Text, and whether it goes on in the next row. */
  private static final class Row {
    private final StringBuilder text = new StringBuilder();
    private boolean wrapped;
  }

  EmulatedTerminal(int rows, int columns, boolean reflows) {
    this.rows = rows;
    this.columns = columns;
    this.reflows = reflows;
    all.add(new Row());
  }

  TerminalSize size() {
    return new TerminalSize(rows, columns);
  }

  void print(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '\r') {
        cursorColumn = 0;
      } else if (character == '\n') {
        lineFeed();
        cursorColumn = 0; // as the system's driver adds it
      } else if (character == '\u001b') {
        int end = i + 2;
        while (!Character.isLetter(text.charAt(end))) {
          end++;
        }
        control(text.substring(i + 2, end), text.charAt(end));
        i = end;
      } else {
        put(character);
      }
    }
  }

  private void put(char character) {
    if (cursorColumn == columns) {
      all.get(cursorRow).wrapped = true;
      lineFeed();
      cursorColumn = 0;
    }
    StringBuilder text = all.get(cursorRow).text;
    while (text.length() <= cursorColumn) {
      text.append(' ');
    }
    text.setCharAt(cursorColumn++, character);
  }

  private void lineFeed() {
    cursorRow++;
    if (cursorRow == all.size()) {
      all.add(new Row());
    }
    top = Math.max(top, cursorRow - (rows - 1));
  }

  private void control(String parameters, char command) {
    switch (command) {
      case 'A' -> cursorRow = Math.max(top, cursorRow - Integer.parseInt(parameters));
      case 'K' -> clearFrom(all.get(cursorRow));
      case 'J' -> {
        clearFrom(all.get(cursorRow));
        while (all.size() > cursorRow + 1) {
          all.remove(all.size() - 1);
        }
      }
      case 'm' -> {}
      default -> throw new IllegalArgumentException("ESC[" + parameters + command);
    }
  }

  private void clearFrom(Row row) {
    row.text.setLength(Math.min(row.text.length(), cursorColumn));
    row.wrapped = false;
  }

  /** Somebody pulls at its corner. What left at its top comes back when there is room. */
  void resize(int newRows, int newColumns) {
    if (reflows && newColumns != columns) {
      reflow(newColumns);
    } else {
      all.forEach(row -> row.text.setLength(Math.min(row.text.length(), newColumns)));
    }
    top = Math.max(0, top - Math.max(0, newRows - rows));
    top = Math.max(top, cursorRow - (newRows - 1));
    rows = newRows;
    columns = newColumns;
    cursorColumn = Math.min(cursorColumn, columns);
  }

  private void reflow(int newColumns) {
    List<Row> before = List.copyOf(all);
    int oldCursorRow = cursorRow;
    int oldTop = top;
    all.clear();
    StringBuilder line = new StringBuilder();
    int cursorAt = -1;
    for (int i = 0; i < before.size(); i++) {
      if (i == oldTop) {
        top = all.size() + line.length() / newColumns;
      }
      if (i == oldCursorRow) {
        cursorAt = line.length() + cursorColumn;
      }
      line.append(before.get(i).text);
      if (!before.get(i).wrapped) {
        wrap(line, cursorAt, newColumns);
        line.setLength(0);
        cursorAt = -1;
      }
    }
  }

  private void wrap(StringBuilder line, int cursorAt, int newColumns) {
    int first = all.size();
    for (int from = 0; from == 0 || from < line.length(); from += newColumns) {
      Row row = new Row();
      row.text.append(line, from, Math.min(line.length(), from + newColumns));
      row.wrapped = from + newColumns < line.length();
      all.add(row);
    }
    if (cursorAt >= 0) {
      cursorRow = Math.min(all.size() - 1, first + cursorAt / newColumns);
      cursorColumn = cursorAt - (cursorRow - first) * newColumns;
    }
  }

  /** What a person sees, without empty rows at the end. */
  List<String> visible() {
    return shown(all.subList(top, all.size()));
  }

  /** What a person sees who scrolls back as far as it goes. */
  List<String> everything() {
    return shown(all);
  }

  private static List<String> shown(List<Row> rows) {
    List<String> lines = new ArrayList<>(rows.stream().map(row -> row.text.toString()).toList());
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  boolean cursorIsAtTheBeginningOfALine() {
    return cursorColumn == 0;
  }
}
