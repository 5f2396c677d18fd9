package io.sounder.client.report.figures;

import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.LatencySummary;
import io.sounder.client.report.document.Statistic;
import io.sounder.client.report.figures.Cell.Tone;
import io.sounder.client.report.figures.FigureTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Latencies, a row for each statistic. */
public final class LatencyFigures {
  /** A kind of latency: its name, where a document has it, and how to get it. */
  private record Kind(String name, String pointer, Function<Document, LatencySummary> summary) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("response time", "/response_time_ns", Document::responseTime),
          new Kind("service time", "/service_time_ns", Document::serviceTime),
          new Kind("connect time", "/connect_time_ns", Document::connectTime),
          new Kind("TLS handshake", "/tls_handshake_ns", Document::handshakeTime));

  private LatencyFigures() {}

  /**
   * A column for each kind of latency of one run; or, of several, one for each run, with the kinds
   * below each other.
   */
  public static FigureTable table(List<Document> runs, List<String> names) {
    return runs.size() == 1 ? ofOne(runs.get(0)) : ofSeveral(runs, names);
  }

  private static FigureTable ofOne(Document run) {
    List<Kind> kinds = known(List.of(run)).toList();
    List<Row> rows = new ArrayList<>();
    for (Statistic statistic : Statistic.values()) {
      rows.add(
          new Row(
              statistic.text(), kinds.stream().map(kind -> cell(run, kind, statistic)).toList()));
    }
    rows.add(
        new Row(
            "values",
            kinds.stream()
                .map(kind -> Cell.count(kind.summary.apply(run).count(), kind.pointer + "/count"))
                .toList()));
    addTrouble(
        rows, "still unanswered", "lower_bounds", kinds, List.of(run), LatencySummary::lowerBounds);
    addTrouble(
        rows,
        "above one hour",
        "above_one_hour",
        kinds,
        List.of(run),
        LatencySummary::aboveOneHour);
    return new FigureTable("latency", "Latency", kinds.stream().map(Kind::name).toList(), rows);
  }

  private static FigureTable ofSeveral(List<Document> runs, List<String> names) {
    List<Row> rows = new ArrayList<>();
    known(runs)
        .forEach(
            kind -> {
              rows.add(new Row(kind.name, List.of()));
              for (Statistic statistic : Statistic.values()) {
                List<Cell> cells = runs.stream().map(run -> cell(run, kind, statistic)).toList();
                rows.add(new Row(statistic.text(), RunFigures.compared(cells)));
              }
              List<Kind> one = List.of(kind);
              addTrouble(
                  rows, "still unanswered", "lower_bounds", one, runs, LatencySummary::lowerBounds);
              addTrouble(
                  rows,
                  "above one hour",
                  "above_one_hour",
                  one,
                  runs,
                  LatencySummary::aboveOneHour);
            });
    return new FigureTable("latency", "Latency", names, rows);
  }

  /** A row for what is seldom other than 0; only of several runs, or of several kinds. */
  private static void addTrouble(
      List<Row> rows,
      String label,
      String field,
      List<Kind> kinds,
      List<Document> runs,
      Function<LatencySummary, Long> count) {
    List<Cell> cells = new ArrayList<>();
    for (Kind kind : kinds) {
      for (Document run : runs) {
        long value = count.apply(kind.summary.apply(run));
        cells.add(Cell.trouble(value, kind.pointer + "/" + field));
      }
    }
    if (cells.stream().anyMatch(cell -> cell.tone() == Tone.BAD)) {
      rows.add(new Row(label, cells));
    }
  }

  /**
   * The first two always, so that both are seen; connects and handshakes where they were measured.
   */
  private static Stream<Kind> known(List<Document> runs) {
    return KINDS.stream()
        .filter(
            kind ->
                KINDS.indexOf(kind) < 2
                    || runs.stream().anyMatch(run -> !kind.summary.apply(run).isEmpty()));
  }

  private static Cell cell(Document run, Kind kind, Statistic statistic) {
    LatencySummary summary = kind.summary.apply(run);
    return summary.isEmpty()
        ? Cell.NONE
        : Cell.duration(summary.nanos(statistic), kind.pointer + "/" + statistic.text());
  }
}
