package io.sounder.client.report.figures;

import java.util.ArrayList;
import java.util.List;

/**
 * Figures in rows and columns.
 *
 * @param id tells tables apart, and is fit for an anchor: {@code latency}
 * @param columns their heads
 */
public record FigureTable(String id, String title, List<String> columns, List<Row> rows) {
  /**
   * A row.
   *
   * @param cells one for each column; none if the row is a heading for those below it
   */
  public record Row(String label, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    public boolean isHeading() {
      return cells.isEmpty();
    }
  }

  public FigureTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** This table's rows, and below them another's with the same columns. */
  public FigureTable with(FigureTable other) {
    List<Row> both = new ArrayList<>(rows);
    both.addAll(other.rows);
    return new FigureTable(id, title, columns, both);
  }
}
