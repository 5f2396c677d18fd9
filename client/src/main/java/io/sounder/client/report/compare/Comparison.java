package io.sounder.client.report.compare;

import io.sounder.client.outcome.ExitCode;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.Document.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a comparison has found.
 *
 * @param rows a figure each
 * @param findings a condition each
 * @param warnings what makes it doubtful, a line each
 * @param unusable the exit code that the runs themselves call for: 5, 6 or 7; else 0
 */
public record Comparison(
    List<Document> base,
    List<Document> fresh,
    List<Row> rows,
    List<Finding> findings,
    List<String> warnings,
    int unusable) {
  /** What a condition came to. */
  public enum Outcome {
    REGRESSION("REGRESSION"),
    OK("ok"),
    WITHIN_NOISE("ok (within noise)"),
    NOT_ENOUGH_DATA("not enough data");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** A figure of both sides; NaN where a side has none. */
  record Row(Metric metric, double base, double fresh, Estimate change) {}

  record Finding(Condition condition, Estimate estimate, Outcome outcome) {}

  public Comparison {
    base = List.copyOf(base);
    fresh = List.copyOf(fresh);
    rows = List.copyOf(rows);
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
  }

  /**
   * 4 if a condition holds significantly; 2 if there is too little data to tell of one; what the
   * runs call for where they are of no use; else 0. The first by {@link ExitCode#worst} wins.
   */
  public int exitCode() {
    int code = unusable;
    for (Finding finding : findings) {
      code =
          switch (finding.outcome) {
            case REGRESSION -> ExitCode.worst(code, ExitCode.SLO_MISSED);
            case NOT_ENOUGH_DATA -> ExitCode.worst(code, ExitCode.USAGE);
            case OK, WITHIN_NOISE -> code;
          };
    }
    return code;
  }

  /** Why no judgement is possible, in one line; empty if one is. */
  public String objection() {
    for (Finding finding : findings) {
      if (finding.outcome == Outcome.NOT_ENOUGH_DATA) {
        return "cannot judge by "
            + finding.condition.text()
            + ": "
            + finding.estimate.unknown()
            + "; measure for longer, or give more runs";
      }
    }
    if (unusable == ExitCode.OK) {
      return "";
    }
    String those =
        Stream.concat(base.stream(), fresh.stream())
            .filter(run -> run.verdict() != Verdict.VALID)
            .map(run -> run.name() + " is " + run.verdict().text())
            .collect(Collectors.joining(", "));
    return "cannot rely on this comparison: " + those + "; measure again";
  }
}
