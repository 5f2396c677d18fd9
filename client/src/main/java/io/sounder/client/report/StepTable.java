package io.sounder.client.report;

import io.sounder.client.load.search.Finding;
import io.sounder.client.load.search.StepResult;
import io.sounder.client.load.slo.Measured;
import io.sounder.client.load.slo.Slo;
import io.sounder.client.load.stats.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Several tests at different rates as text for 80 columns: a row each, printed as they end. */
public final class StepTable {
  private static final String FORMAT = "%-8s %11s %11s %9s %9s %9s %8s  ";
  private static final int COLUMNS = 80;
  private static final String INDENT = " ".repeat(13);

  private StepTable() {}

  /** What stands above the rows. */
  public static List<String> head(String target, Map<String, Object> settings, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("target       " + style.bold(target));
    String line = "";
    for (Map.Entry<String, Object> setting : settings.entrySet()) {
      String item = setting.getKey() + " " + setting.getValue();
      String longer = line.isEmpty() ? item : line + style.fit(" · ") + item;
      if (longer.length() > COLUMNS - INDENT.length()) {
        lines.add(INDENT + style.dim(line));
        longer = item;
      }
      line = longer;
    }
    lines.add(INDENT + style.dim(line));
    lines.add("");
    lines.add(
        style.dim(
            String.format(FORMAT, "step", "asked", "achieved", "p50", "p99", "max", "errors")
                .stripTrailing()));
    return lines;
  }

  /** A step of a sweep. */
  public static String row(LoadResult result, Style style) {
    Verdict verdict = Verdict.of(result, style);
    boolean valid = verdict.word().equals(Verdict.VALID);
    String word = valid ? style.good(verdict.word()) : style.bad(verdict.word());
    return cells("", result.forObjective(), style) + word;
  }

  /** A step of a search. */
  public static String row(StepResult result, Style style) {
    String word = result.verdict().text();
    return cells(result.step().phase().text(), result.measured(), style)
        + (result.isMet() ? style.good(word) : style.bad(word));
  }

  private static String cells(String name, Measured measured, Style style) {
    Latencies times = measured.responseTimes();
    boolean timed = times.count() > 0;
    return String.format(
        Locale.ROOT,
        FORMAT,
        name,
        Quantities.rate(measured.askedPerSecond()),
        Quantities.rate(measured.achievedPerSecond()),
        timed ? style.fit(Quantities.duration(times.percentileNanos(50))) : "-",
        timed ? style.fit(Quantities.duration(times.percentileNanos(99))) : "-",
        timed ? style.fit(Quantities.duration(times.maxNanos())) : "-",
        Quantities.shortCount(measured.errors()));
  }

  /** What a search has found. */
  public static List<String> conclusion(Finding finding, Slo slo, Style style) {
    String rate = style.bold(Quantities.rate(finding.perSecond()));
    String what =
        switch (finding.ending()) {
          case FOUND -> style.good("FOUND") + "  " + rate + " keeps " + slo;
          case AT_LEAST -> style.good("AT LEAST") + "  " + rate + " keeps " + slo;
          case CLIENT_LIMITED ->
              style.bad("CLIENT-LIMITED")
                  + (Double.isNaN(finding.perSecond())
                      ? "  at every rate that was tried"
                      : "  at least "
                          + rate
                          + " keeps "
                          + slo
                          + "; above it this client is the limit");
          case NONE -> style.bad("NOT FOUND") + "  no rate that was tried keeps " + slo;
          case UNCONFIRMED -> style.bad("NOT FOUND") + "  no rate keeps " + slo + " for long";
          case UNFINISHED -> style.bad("INTERRUPTED") + "  before a rate was found";
        };
    return List.of("", what);
  }
}
