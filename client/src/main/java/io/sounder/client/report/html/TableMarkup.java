package io.sounder.client.report.html;

import io.sounder.client.report.chart.Chart;
import io.sounder.client.report.figures.Cell;
import io.sounder.client.report.figures.Cell.Tone;
import io.sounder.client.report.figures.FigureTable;
import io.sounder.client.report.figures.FigureTable.Row;
import java.util.Locale;
import java.util.function.IntBinaryOperator;

/** A table of figures. Each cell says where in which document its figure stands. */
final class TableMarkup {
  private TableMarkup() {}

  /**
   * Adds a table.
   *
   * @param runOfCell which document a cell speaks of, by column and row
   * @param coloured whether each column is a run, and gets the colour of its curves
   */
  static void add(Markup markup, FigureTable table, IntBinaryOperator runOfCell, boolean coloured) {
    markup.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", table.title());
    markup.open("table", "id", "table-" + table.id());
    markup.element("caption", table.title(), "class", "hidden");
    addHead(markup, table, coloured);
    markup.open("tbody");
    for (int i = 0; i < table.rows().size(); i++) {
      addRow(markup, table, i, runOfCell);
    }
    markup.close().close().closeLine();
  }

  private static void addHead(Markup markup, FigureTable table, boolean coloured) {
    if (table.columns().stream().allMatch(String::isEmpty)) {
      return;
    }
    markup.open("thead").open("tr").element("td", "");
    for (int i = 0; i < table.columns().size(); i++) {
      markup.open("th", "scope", "col", "title", table.columns().get(i)); // it may be cut
      if (coloured) {
        addSwatch(markup, i);
      }
      markup.text(table.columns().get(i)).close();
    }
    markup.close().closeLine();
  }

  /** The colour of a run, as its curves have it. */
  static void addSwatch(Markup markup, int run) {
    markup.element("span", "", "class", "swatch " + Chart.toneOfRun(run), "aria-hidden", "true");
  }

  private static void addRow(
      Markup markup, FigureTable table, int index, IntBinaryOperator runOfCell) {
    Row row = table.rows().get(index);
    if (row.isHeading()) {
      markup.open("tr", "class", "group");
      String span = Integer.toString(table.columns().size() + 1);
      markup.element("th", row.label(), "scope", "colgroup", "colspan", span);
      markup.closeLine();
      return;
    }
    markup.open("tr").element("th", row.label(), "scope", "row");
    for (int column = 0; column < row.cells().size(); column++) {
      int run = runOfCell.applyAsInt(column, index);
      addCell(markup, row.cells().get(column), run, hasNotes(table, column));
    }
    markup.closeLine();
  }

  /** In a column where some have notes, the others leave room for one, so that figures align. */
  private static void addCell(Markup markup, Cell cell, int run, boolean leavesRoom) {
    markup.open("td", attributes(cell, run)).text(cell.text());
    if (leavesRoom) {
      markup.text(" ").element("small", cell.note());
    }
    markup.close();
  }

  private static boolean hasNotes(FigureTable table, int column) {
    return table.rows().stream()
        .anyMatch(row -> !row.isHeading() && !row.cells().get(column).note().isEmpty());
  }

  /** Where the figure stands, and what it is to the last digit. */
  static String[] attributes(Cell cell, int run) {
    boolean isFigure = !cell.pointer().isEmpty();
    String exact = cell.exact().isEmpty() ? null : (cell.exact() + " " + cell.unit()).strip();
    return new String[] {
      "class", cell.tone() == Tone.PLAIN ? null : cell.tone().name().toLowerCase(Locale.ROOT),
      "data-run", isFigure ? Integer.toString(run) : null,
      "data-at", isFigure ? cell.pointer() : null,
      "data-exact", isFigure ? cell.exact() : null,
      "title", exact
    };
  }
}
