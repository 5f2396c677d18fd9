package io.sounder.client.report;

import io.sounder.client.load.search.Finding;
import io.sounder.client.load.search.StepResult;
import io.sounder.client.load.slo.Slo;
import io.sounder.client.load.stats.Latencies;
import java.util.Locale;

/**
 * A search for the highest rate as text: a head, a line for each step as it ends, and what was
 * found.
 */
public final class SearchTable {
  private static final String COLUMNS = "%-8s %12s %12s %9s %9s %9s  %s";

  private final Style style;

  public SearchTable(Style style) {
    this.style = style;
  }

  /** The names of the columns. */
  public String head() {
    return style.dim(
        String.format(COLUMNS, "phase", "rate", "achieved", "p50", "p99", "errors", "verdict"));
  }

  /** A step. */
  public String line(StepResult result) {
    Latencies times = result.measured().responseTimes();
    String verdict = result.verdict().text().replace('-', ' ');
    return String.format(
        Locale.ROOT,
        COLUMNS,
        result.step().phase().text(),
        Quantities.rate(result.step().perSecond()),
        Quantities.rate(result.measured().achievedPerSecond()),
        percentile(times, 50),
        percentile(times, 99),
        Quantities.count(result.measured().errors()),
        result.isMet() ? style.good(verdict) : style.bad(verdict));
  }

  private String percentile(Latencies times, double percentile) {
    return times.count() == 0
        ? "-"
        : style.fit(IntervalText.shortDuration(times.percentileNanos(percentile)));
  }

  /** What it comes to. */
  public String conclusion(Finding finding, Slo slo) {
    String rate = style.bold(Quantities.rate(finding.perSecond()));
    boolean none = Double.isNaN(finding.perSecond());
    return switch (finding.ending()) {
      case FOUND -> "found: " + rate + " with " + slo;
      case CLIENT_LIMITED ->
          style.bad("the client is the limit")
              + (none ? ": nothing is confirmed" : ": at least " + rate + " with " + slo);
      case AT_LEAST -> "no limit found: at least " + rate + " with " + slo;
      case NONE -> style.bad("not found") + ": no rate was met with " + slo;
      case UNCONFIRMED ->
          style.bad("not found") + ": what held for a second did not hold for longer with " + slo;
      case UNFINISHED ->
          style.bad("not finished") + (none ? "" : ": at least " + rate + " with " + slo);
    };
  }
}
