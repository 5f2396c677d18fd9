package io.sounder.client.report.figures;

import io.sounder.client.report.Quantities;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.Document.Verdict;
import io.sounder.client.report.document.RequestCounts;
import io.sounder.client.report.figures.Cell.Tone;
import io.sounder.client.report.figures.FigureTable.Row;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What came out, a column for each run: verdict, rates, and how the requests ended. */
public final class RunFigures {
  private static final DateTimeFormatter STARTED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final List<Document> runs;
  private final List<String> names;
  private final List<Row> rows = new ArrayList<>();

  private RunFigures(List<Document> runs, List<String> names) {
    this.runs = runs;
    this.names = names;
  }

  /** The essentials. */
  public static FigureTable summary(List<Document> runs, List<String> names) {
    RunFigures figures = new RunFigures(runs, names);
    if (runs.size() == 1) {
      figures.row("started", run -> Cell.text(started(run)));
    }
    figures.row("duration", run -> Cell.duration(run.durationNanos(), "/duration_ns"));
    figures.row("asked rate", RunFigures::askedRate);
    if (runs.stream().anyMatch(run -> !run.arrivals().isEmpty())) {
      figures.row("arrivals", run -> Cell.text(run.arrivals()));
    }
    figures.compared("achieved rate", run -> Cell.rate(run.achievedRate(), "/rate/achieved"));
    figures.row("sent", run -> Cell.count(run.requests().sent(), "/requests/sent"));
    figures.row("ok", run -> Cell.count(run.requests().ok(), "/requests/ok"));
    figures.row("not ok", RunFigures::notOk);
    figures.row("errors", run -> Cell.trouble(run.requests().failed(), ""));
    figures.trouble("corrupt", RequestCounts::corrupt);
    figures.trouble("late", RequestCounts::late);
    figures.row("lost", run -> Cell.trouble(run.requests().lost(), "/requests/lost"));
    figures.trouble("refused", RequestCounts::refused);
    figures.row("pending", run -> Cell.trouble(run.requests().pending(), "/requests/pending"));
    figures.trouble("duplicates", RequestCounts::duplicates);
    figures.trouble("reordered", RequestCounts::reordered);
    figures.trouble("unsent", RequestCounts::unsent);
    return figures.table("summary", "Result");
  }

  /** The verdict of a run, and whether it was interrupted. */
  public static Cell verdict(Document run) {
    Tone tone = run.verdict() == Verdict.VALID ? Tone.GOOD : Tone.BAD;
    return Cell.text(run.verdict().text()).in(tone).noting(run.interrupted() ? "interrupted" : "");
  }

  /** When it began, in UTC; as the document has it if that is no time. */
  public static String started(Document run) {
    try {
      return run.startedAt().isEmpty() ? "" : STARTED.format(Instant.parse(run.startedAt()));
    } catch (DateTimeException e) {
      return run.startedAt();
    }
  }

  private static Cell askedRate(Document run) {
    return run.askedRate() == null
        ? Cell.text("closed loop").in(Tone.MUTED)
        : Cell.rate(run.askedRate(), "/rate/asked");
  }

  /** How many requests did not end well, and which part of all that is. */
  public static Cell notOk(Document run) {
    RequestCounts requests = run.requests();
    Cell count = Cell.trouble(requests.notOk(), "");
    return requests.notOk() == 0
        ? count
        : count.noting(Quantities.share(requests.notOk(), requests.sent()));
  }

  private void row(String label, Function<Document, Cell> figure) {
    rows.add(new Row(label, runs.stream().map(figure).toList()));
  }

  private void compared(String label, Function<Document, Cell> figure) {
    rows.add(new Row(label, compared(runs.stream().map(figure).toList())));
  }

  /** A row that is left out where there is nothing to tell. */
  private void trouble(String label, ToLongFunction<RequestCounts> count) {
    if (runs.stream().anyMatch(run -> count.applyAsLong(run.requests()) != 0)) {
      row(label, run -> Cell.trouble(count.applyAsLong(run.requests()), "/requests/" + label));
    }
  }

  /** Each but the first says how it differs from the first. */
  static List<Cell> compared(List<Cell> cells) {
    List<Cell> compared = new ArrayList<>();
    for (Cell cell : cells) {
      compared.add(compared.isEmpty() ? cell : cell.comparedWith(cells.get(0)));
    }
    return compared;
  }

  private FigureTable table(String id, String title) {
    return new FigureTable(id, title, names, rows);
  }
}
