package io.sounder.client.report.figures;

import io.sounder.client.report.Style;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.Document.Verdict;
import io.sounder.client.report.document.MergedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Results as text for a terminal: a column for each run, or a row where they are too many. */
public final class ReportText {
  private static final int INDENT = 10;

  private final List<Document> runs;
  private final List<String> names;
  private final Style style;
  private final int columns;
  private final List<String> lines = new ArrayList<>();

  private ReportText(List<Document> runs, Style style, int columns) {
    this.runs = runs;
    this.names = isSweep(runs) ? RunNames.ofSteps(runs) : RunNames.of(runs);
    this.style = style;
    this.columns = columns;
  }

  /**
   * The text.
   *
   * @param columns how wide the terminal is
   */
  public static List<String> lines(List<Document> runs, Style style, int columns) {
    ReportText text = new ReportText(runs, style, columns);
    if (runs.size() == 1) {
      text.addOne();
    } else {
      text.addSeveral();
    }
    return text.lines;
  }

  /** Whether these are the steps of sweeps, and nothing else. */
  public static boolean isSweep(List<Document> runs) {
    return runs.size() > 1 && runs.stream().allMatch(run -> run.step() != null);
  }

  private void addOne() {
    Document run = runs.get(0);
    add("target", style.bold(shown(run.target())));
    add("verdict", verdict(run));
    wrapped(run.environment().flags()).forEach(line -> add("", style.dim(line)));
    addMerged(run);
    addTable(RunFigures.summary(runs, names));
    addTable(LatencyFigures.table(runs, names));
    if (run.findMax() != null) {
      addTable(StepFigures.ofSearch(run.findMax()));
    }
  }

  private void addSeveral() {
    FigureTable summary = RunFigures.summary(runs, names);
    FigureTable latency = LatencyFigures.table(runs, names);
    boolean fits =
        TableText.width(summary, style) <= columns && TableText.width(latency, style) <= columns;
    boolean asRows = !fits || isSweep(runs);
    addHeads(asRows);
    if (asRows) {
      addTable(StepFigures.ofRuns(runs, names));
    } else {
      addTable(summary);
      addTable(latency);
    }
  }

  /** Target and verdict of each; of very many, only those of which there is something to say. */
  private void addHeads(boolean onlyTroubled) {
    boolean oneTarget = runs.stream().map(Document::target).distinct().count() == 1;
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    if (oneTarget) {
      add("target", style.bold(shown(runs.get(0).target())));
    }
    for (int i = 0; i < runs.size(); i++) {
      Document run = runs.get(i);
      if (oneTarget && onlyTroubled && run.verdict() == Verdict.VALID && !run.interrupted()) {
        continue;
      }
      String name = style.fit(names.get(i));
      add(name + " ".repeat(Math.max(0, width - name.length())), verdict(run));
      if (!oneTarget) {
        add(" ".repeat(width), style.dim(shown(run.target())));
      }
    }
  }

  private void addMerged(Document run) {
    if (!run.merged().isEmpty()) {
      add(
          "merged",
          shown(run.merged().stream().map(MergedRun::file).collect(Collectors.joining(", "))));
    }
  }

  /** The flags in force, as many to a line as fit. */
  private List<String> wrapped(Map<String, String> flags) {
    List<String> wrapped = new ArrayList<>();
    String line = "";
    for (Map.Entry<String, String> flag : flags.entrySet()) {
      String item = shown(flag.getKey() + " " + flag.getValue());
      String longer = line.isEmpty() ? item : line + style.fit(" · ") + item;
      if (!line.isEmpty() && INDENT + longer.length() > columns) {
        wrapped.add(line);
        longer = item;
      }
      line = longer;
    }
    wrapped.add(line);
    return wrapped;
  }

  private String verdict(Document run) {
    String text = run.verdict().text();
    String toned = run.verdict() == Verdict.VALID ? style.good(text) : style.bad(text);
    String interrupted = run.interrupted() ? "  " + style.bad("interrupted") : "";
    return (toned + "  " + shown(run.verdictReason()) + interrupted).stripTrailing();
  }

  private void addTable(FigureTable table) {
    lines.add("");
    lines.addAll(TableText.lines(table, style));
  }

  private void add(String name, String value) {
    lines.add((String.format("%-8s", name) + "  " + value).stripTrailing());
  }

  private String shown(String foreign) {
    return foreign.isEmpty() ? "" : style.fit(Cell.text(foreign).text());
  }
}
