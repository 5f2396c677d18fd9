package io.sounder.client.report.figures;

import io.sounder.client.report.Style;
import io.sounder.client.report.figures.FigureTable.Row;
import java.util.ArrayList;
import java.util.List;

/** A table as lines for a terminal. */
public final class TableText {
  private static final int GAP = 2;

  private final FigureTable table;
  private final Style style;
  private final int labelWidth;
  private final int[] textWidths;
  private final int[] noteWidths;

  private TableText(FigureTable table, Style style) {
    this.table = table;
    this.style = style;
    this.labelWidth = table.rows().stream().mapToInt(row -> row.label().length()).max().orElse(0);
    this.textWidths = new int[table.columns().size()];
    this.noteWidths = new int[table.columns().size()];
    for (int i = 0; i < textWidths.length; i++) {
      measure(i);
    }
  }

  private void measure(int column) {
    for (Row row : table.rows()) {
      if (!row.isHeading()) {
        Cell cell = row.cells().get(column);
        textWidths[column] = Math.max(textWidths[column], style.fit(cell.text()).length());
        noteWidths[column] = Math.max(noteWidths[column], style.fit(cell.note()).length());
      }
    }
    int head = style.fit(table.columns().get(column)).length();
    textWidths[column] = Math.max(textWidths[column], head - noteSpace(column));
  }

  private int noteSpace(int column) {
    return noteWidths[column] == 0 ? 0 : noteWidths[column] + 1;
  }

  /** How many columns of characters the widest line takes. */
  public static int width(FigureTable table, Style style) {
    return new TableText(table, style).width();
  }

  private int width() {
    int width = labelWidth;
    for (int i = 0; i < textWidths.length; i++) {
      width += GAP + textWidths[i] + noteSpace(i);
    }
    return width;
  }

  /** The lines, the heads of the columns first. */
  public static List<String> lines(FigureTable table, Style style) {
    TableText text = new TableText(table, style);
    List<String> lines = new ArrayList<>();
    lines.add(text.head());
    table.rows().forEach(row -> lines.add(text.line(row)));
    return lines;
  }

  private String head() {
    StringBuilder line = new StringBuilder(" ".repeat(labelWidth));
    for (int i = 0; i < textWidths.length; i++) {
      String head = style.fit(table.columns().get(i));
      line.append(" ".repeat(GAP + textWidths[i] + noteSpace(i) - head.length())).append(head);
    }
    return style.dim(line.toString());
  }

  private String line(Row row) {
    String label = style.fit(row.label());
    if (row.isHeading()) {
      return style.dim(label);
    }
    StringBuilder line = new StringBuilder(label).append(" ".repeat(labelWidth - label.length()));
    for (int i = 0; i < textWidths.length; i++) {
      Cell cell = row.cells().get(i);
      String text = style.fit(cell.text());
      line.append(" ".repeat(GAP + textWidths[i] - text.length())).append(toned(cell, text));
      if (noteWidths[i] > 0) {
        String note = style.fit(cell.note());
        line.append(' ').append(" ".repeat(noteWidths[i] - note.length()));
        line.append(style.dim(note));
      }
    }
    return line.toString().stripTrailing();
  }

  private String toned(Cell cell, String text) {
    return switch (cell.tone()) {
      case GOOD -> style.good(text);
      case BAD -> style.bad(text);
      case MUTED -> style.dim(text);
      case PLAIN -> text;
    };
  }
}
