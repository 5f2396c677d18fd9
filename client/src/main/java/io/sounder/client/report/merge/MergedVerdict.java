package io.sounder.client.report.merge;

import io.sounder.client.outcome.ExitCode;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.Document.Verdict;
import io.sounder.client.report.document.SloResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What is to be thought of several runs together: no better than of the worst of them. */
final class MergedVerdict {
  private static final int MOST_REASONS = 3;

  private MergedVerdict() {}

  static Verdict of(List<Document> runs) {
    return runs.stream().map(Document::verdict).max(Enum::compareTo).orElseThrow();
  }

  static String reason(List<Document> runs) {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : List.of(Verdict.FAILED, Verdict.CLIENT_LIMITED)) {
      addPart(parts, runs, verdict.text(), run -> run.verdict() == verdict);
    }
    addPart(parts, runs, "interrupted", Document::interrupted);
    return parts.isEmpty() ? "all " + runs.size() + " runs are VALID" : String.join("; ", parts);
  }

  private static void addPart(
      List<String> parts, List<Document> runs, String what, Predicate<Document> applies) {
    List<Document> those = runs.stream().filter(applies).toList();
    if (those.isEmpty()) {
      return;
    }
    List<String> reasons = new ArrayList<>();
    for (Document run : those.subList(0, Math.min(MOST_REASONS, those.size()))) {
      String why = run.verdictReason().isEmpty() ? "" : ": " + run.verdictReason();
      reasons.add(run.name() + why);
    }
    String rest = those.size() > MOST_REASONS ? ", …" : "";
    parts.add(
        those.size()
            + " of "
            + runs.size()
            + " runs "
            + what
            + " ("
            + String.join(", ", reasons)
            + rest
            + ")");
  }

  /** The code that wins; null if no run says any. */
  static Integer exitCode(List<Document> runs) {
    Integer worst = null;
    for (Document run : runs) {
      if (run.exitCode() != null) {
        int code = known(run.exitCode());
        worst = worst == null ? (Integer) code : (Integer) ExitCode.worst(worst, code);
      }
    }
    return worst;
  }

  private static int known(int code) {
    try {
      return ExitCode.worst(code, ExitCode.OK);
    } catch (IllegalArgumentException e) {
      return ExitCode.FAILED; // of a program that knows codes that we do not
    }
  }

  /** An objective is met if each run has met it; what all together measured is not known. */
  static List<SloResult> slo(List<Document> runs) {
    Map<String, Boolean> met = new LinkedHashMap<>();
    for (Document run : runs) {
      run.slo().forEach(slo -> met.merge(slo.text(), slo.met(), Boolean::logicalAnd));
    }
    return met.entrySet().stream()
        .map(slo -> new SloResult(slo.getKey(), null, "", slo.getValue()))
        .toList();
  }
}
