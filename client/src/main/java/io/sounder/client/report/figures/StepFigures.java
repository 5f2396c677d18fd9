package io.sounder.client.report.figures;

import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.FindMax;
import io.sounder.client.report.document.LatencySummary;
import io.sounder.client.report.document.Statistic;
import io.sounder.client.report.figures.Cell.Tone;
import io.sounder.client.report.figures.FigureTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Many runs, a row for each: a sweep, a search, or more files than fit beside each other. */
public final class StepFigures {
  private static final List<Statistic> SHOWN =
      List.of(Statistic.P50, Statistic.P99, Statistic.P99_9, Statistic.MAX);

  private StepFigures() {}

  /** A row for each run, response times only. */
  public static FigureTable ofRuns(List<Document> runs, List<String> names) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      rows.add(new Row(names.get(i), cells(runs.get(i))));
    }
    List<String> columns = new ArrayList<>(List.of("achieved"));
    SHOWN.forEach(statistic -> columns.add(statistic.text()));
    columns.addAll(List.of("not ok", "verdict"));
    return new FigureTable("steps", "Runs", columns, rows);
  }

  private static List<Cell> cells(Document run) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.rate(run.achievedRate(), "/rate/achieved"));
    LatencySummary response = run.responseTime();
    for (Statistic statistic : SHOWN) {
      cells.add(
          response.isEmpty()
              ? Cell.NONE
              : Cell.duration(response.nanos(statistic), "/response_time_ns/" + statistic.text()));
    }
    cells.add(Cell.trouble(run.requests().notOk(), ""));
    cells.add(RunFigures.verdict(run));
    return cells;
  }

  /** The rates that a search tried, in order. */
  public static FigureTable ofSearch(FindMax search) {
    List<Row> rows = new ArrayList<>();
    for (FindMax.Step step : search.steps()) {
      String at = "/find_max/steps/" + rows.size();
      rows.add(
          new Row(
              Integer.toString(rows.size() + 1),
              List.of(
                  Cell.text(step.phase()),
                  Cell.rate(step.rate(), at + "/rate"),
                  Cell.rate(step.achieved(), at + "/achieved"),
                  Cell.duration(step.p50Nanos(), at + "/p50"),
                  Cell.duration(step.p99Nanos(), at + "/p99"),
                  Cell.trouble(step.errors(), at + "/errors"),
                  step.met()
                      ? Cell.text("met").in(Tone.GOOD)
                      : Cell.text("missed").in(Tone.BAD).noting(note(step)))));
    }
    return new FigureTable(
        "search",
        "Steps of the search",
        List.of("phase", "rate", "achieved", "p50", "p99", "errors", "objective"),
        rows);
  }

  /** What a search comes to, in a sentence. */
  public static String conclusion(FindMax search) {
    String rate = search.found() == null ? "" : Cell.rate(search.found(), "").text();
    String atLeast = rate.isEmpty() ? "" : ": at least " + rate;
    String text =
        switch (search.ending()) {
          case "client-limited" -> "the client is the limit" + atLeast;
          case "at-least" -> "no limit found" + atLeast;
          case "unconfirmed" -> "not found: what held for a second did not hold for longer";
          case "unfinished" -> "not finished" + atLeast;
          default -> rate.isEmpty() ? "not found: no rate was met" : "found: " + rate;
        };
    return text + " with " + Cell.text(search.slo()).text();
  }

  /** Why a step was missed, if not by the objective alone. */
  private static String note(FindMax.Step step) {
    return Set.of("VALID", "slo-missed").contains(step.verdict())
        ? ""
        : Cell.text(step.verdict()).text();
  }
}
