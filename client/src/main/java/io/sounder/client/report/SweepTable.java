package io.sounder.client.report;

import io.sounder.client.load.stats.Latencies;
import java.util.Locale;

/** A sweep as text: a head, and a line for each step as it ends. */
public final class SweepTable {
  private static final String COLUMNS = "%12s %12s %9s %9s %9s %9s  %s";

  private final Style style;

  public SweepTable(Style style) {
    this.style = style;
  }

  /** The names of the columns. */
  public String head() {
    return style.dim(
        String.format(COLUMNS, "rate", "achieved", "p50", "p99", "max", "errors", "verdict"));
  }

  /** A step. */
  public String line(LoadResult result) {
    Verdict verdict = Verdict.of(result, style);
    Latencies times = result.timings().response();
    boolean valid = verdict.word().equals(Verdict.VALID);
    return String.format(
        Locale.ROOT,
        COLUMNS,
        Quantities.rate(result.identity().rateAsked()),
        Quantities.rate(result.achievedRate()),
        time(times, times.percentileNanos(50)),
        time(times, times.percentileNanos(99)),
        time(times, times.maxNanos()),
        Quantities.count(result.forObjective().errors()),
        valid ? style.good(verdict.word()) : style.bad(verdict.word()));
  }

  private String time(Latencies times, long nanos) {
    return times.count() == 0 ? "-" : style.fit(IntervalText.shortDuration(nanos));
  }
}
