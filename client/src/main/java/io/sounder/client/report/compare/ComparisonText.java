package io.sounder.client.report.compare;

import io.sounder.client.report.Style;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.figures.Cell;
import io.sounder.client.report.figures.TableText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison as text for a terminal. */
public final class ComparisonText {
  private ComparisonText() {}

  /** The lines. */
  public static List<String> lines(Comparison comparison, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add("base  " + names(comparison.base(), style));
    lines.add("new   " + names(comparison.fresh(), style));
    comparison
        .warnings()
        .forEach(warning -> lines.add("note  " + style.fit(Cell.text(warning).text())));
    lines.add("");
    lines.addAll(TableText.lines(ComparisonFigures.changes(comparison), style));
    if (!comparison.findings().isEmpty()) {
      lines.add("");
      lines.addAll(TableText.lines(ComparisonFigures.findings(comparison), style));
    }
    return lines;
  }

  private static String names(List<Document> runs, Style style) {
    String names = runs.stream().map(Document::name).collect(Collectors.joining(", "));
    return style.bold(style.fit(Cell.text(names).text()));
  }
}
