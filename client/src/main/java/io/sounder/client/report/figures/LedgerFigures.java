package io.sounder.client.report.figures;

import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.RequestCounts;
import io.sounder.client.report.figures.Cell.Tone;
import io.sounder.client.report.figures.FigureTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** How every request ended, and which classes of error there were. */
public final class LedgerFigures {
  /** A ledger of a run: the measurement's, or the warm-up's. */
  private record Column(String name, String pointer, RequestCounts counts) {}

  private LedgerFigures() {}

  /** The ledger, line by line as it adds up. Of one run the warm-up stands beside it. */
  public static FigureTable ledger(List<Document> runs, List<String> names) {
    List<Column> columns = columns(runs, names);
    List<Row> rows = new ArrayList<>();
    add(rows, "sent", "sent", columns, RequestCounts::sent, false);
    add(rows, "= ok", "ok", columns, RequestCounts::ok, false);
    add(rows, "+ corrupt", "corrupt", columns, RequestCounts::corrupt, true);
    add(rows, "+ late", "late", columns, RequestCounts::late, true);
    add(rows, "+ lost", "lost", columns, RequestCounts::lost, true);
    add(rows, "+ refused", "refused", columns, RequestCounts::refused, true);
    add(rows, "+ errors", "", columns, RequestCounts::failed, true);
    add(rows, "+ pending", "pending", columns, RequestCounts::pending, true);
    rows.add(new Row("adds up", columns.stream().map(LedgerFigures::balance).toList()));
    rows.add(new Row("beside it", List.of()));
    add(rows, "duplicates", "duplicates", columns, RequestCounts::duplicates, true);
    add(rows, "reordered", "reordered", columns, RequestCounts::reordered, true);
    add(rows, "planned", "planned", columns, RequestCounts::planned, false);
    add(rows, "unsent", "unsent", columns, RequestCounts::unsent, true);
    rows.add(new Row("oldest pending", columns.stream().map(LedgerFigures::oldest).toList()));
    return new FigureTable("ledger", "Ledger", columns.stream().map(Column::name).toList(), rows);
  }

  private static List<Column> columns(List<Document> runs, List<String> names) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      String name = runs.size() == 1 ? "measured" : names.get(i);
      columns.add(new Column(name, "/requests", runs.get(i).requests()));
    }
    if (runs.size() == 1) {
      columns.add(new Column("warm-up", "/warm_up", runs.get(0).warmUp()));
    }
    return columns;
  }

  private static void add(
      List<Row> rows,
      String label,
      String field,
      List<Column> columns,
      ToLongFunction<RequestCounts> count,
      boolean isTrouble) {
    List<Cell> cells = new ArrayList<>();
    for (Column column : columns) {
      boolean isKnown = !column.pointer.equals("/warm_up") || isInWarmUp(field);
      long value = count.applyAsLong(column.counts);
      String pointer = field.isEmpty() ? "" : column.pointer + "/" + field;
      cells.add(
          !isKnown
              ? Cell.NONE
              : isTrouble ? Cell.trouble(value, pointer) : Cell.count(value, pointer));
    }
    rows.add(new Row(label, cells));
  }

  private static boolean isInWarmUp(String field) {
    return !field.equals("planned") && !field.equals("unsent");
  }

  private static Cell balance(Column column) {
    long missing = column.counts.unaccounted();
    return missing == 0
        ? Cell.text("yes").in(Tone.GOOD)
        : Cell.text("no, " + missing + " unaccounted").in(Tone.BAD);
  }

  private static Cell oldest(Column column) {
    return column.counts.pending() == 0
        ? Cell.NONE
        : Cell.duration(column.counts.oldestPendingNanos(), column.pointer + "/oldest_pending_ns");
  }

  /** Errors by class; without rows if there were none. */
  public static FigureTable errors(List<Document> runs, List<String> names) {
    List<Row> rows = new ArrayList<>();
    addClasses(
        rows, "requests without a reply", "/requests/errors", runs, r -> r.requests().errors());
    addClasses(rows, "wrong replies", "/requests/wrong", runs, run -> run.requests().wrong());
    addClasses(rows, "connections", "/connections/errors", runs, run -> run.connections().errors());
    addClasses(rows, "in the warm-up", "/warm_up/errors", runs, run -> run.warmUp().errors());
    List<String> heads = runs.size() == 1 ? List.of("count") : names;
    return new FigureTable("errors", "Errors by class", heads, rows);
  }

  private static void addClasses(
      List<Row> rows,
      String heading,
      String pointer,
      List<Document> runs,
      Function<Document, Map<String, Long>> classes) {
    TreeSet<String> all = new TreeSet<>();
    runs.forEach(run -> all.addAll(classes.apply(run).keySet()));
    if (!all.isEmpty()) {
      rows.add(new Row(heading, List.of()));
    }
    for (String each : all) {
      String escaped = each.replace("~", "~0").replace("/", "~1"); // RFC 6901
      List<Cell> cells = new ArrayList<>();
      for (Document run : runs) {
        Long count = classes.apply(run).get(each);
        cells.add(count == null ? Cell.NONE : Cell.trouble(count, pointer + "/" + escaped));
      }
      rows.add(new Row(Cell.text(each).text(), cells));
    }
  }
}
