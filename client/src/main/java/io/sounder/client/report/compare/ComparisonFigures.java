package io.sounder.client.report.compare;

import io.sounder.client.report.compare.Comparison.Finding;
import io.sounder.client.report.compare.Comparison.Outcome;
import io.sounder.client.report.compare.Comparison.Row;
import io.sounder.client.report.figures.Cell;
import io.sounder.client.report.figures.Cell.Tone;
import io.sounder.client.report.figures.FigureTable;
import java.util.ArrayList;
import java.util.List;

/** A comparison as tables: what differs, and what came of the conditions. */
public final class ComparisonFigures {
  private ComparisonFigures() {}

  /** Each figure of both sides, how it changed, and between what the change lies. */
  public static FigureTable changes(Comparison comparison) {
    List<FigureTable.Row> rows = new ArrayList<>();
    for (Row row : comparison.rows()) {
      rows.add(
          new FigureTable.Row(
              row.metric().text(),
              List.of(
                  value(row.metric(), row.base()),
                  value(row.metric(), row.fresh()),
                  change(row),
                  interval(row.metric(), row.change()))));
    }
    return new FigureTable(
        "changes", "Changes", List.of("base", "new", "change", "95 % interval"), rows);
  }

  /** Each condition, what was measured, and what that means. */
  public static FigureTable findings(Comparison comparison) {
    List<FigureTable.Row> rows = new ArrayList<>();
    for (Finding finding : comparison.findings()) {
      Condition condition = finding.condition();
      Estimate estimate = finding.estimate();
      rows.add(
          new FigureTable.Row(
              Cell.text(condition.text()).text(),
              List.of(
                  Double.isFinite(estimate.effect())
                      ? Cell.text(condition.shown(estimate.effect()))
                      : Cell.NONE,
                  estimate.isKnown()
                      ? Cell.text(
                          condition.shown(estimate.low())
                              + " … "
                              + condition.shown(estimate.high()))
                      : Cell.text(estimate.unknown()).in(Tone.MUTED),
                  Cell.text(finding.outcome().text()).in(tone(finding.outcome())))));
    }
    return new FigureTable(
        "conditions", "Fail if", List.of("measured", "95 % interval", "verdict"), rows);
  }

  private static Cell value(Metric metric, double value) {
    return Double.isNaN(value) ? Cell.NONE : Cell.text(metric.shown(value));
  }

  private static Cell change(Row row) {
    double effect = row.change().effect();
    return Double.isFinite(effect) ? Cell.text(row.metric().shownChange(effect)) : Cell.NONE;
  }

  private static Cell interval(Metric metric, Estimate change) {
    return change.isKnown()
        ? Cell.text(metric.shownChange(change.low()) + " … " + metric.shownChange(change.high()))
        : Cell.text(change.unknown()).in(Tone.MUTED);
  }

  private static Tone tone(Outcome outcome) {
    return switch (outcome) {
      case REGRESSION, NOT_ENOUGH_DATA -> Tone.BAD;
      case OK -> Tone.GOOD;
      case WITHIN_NOISE -> Tone.PLAIN;
    };
  }
}
