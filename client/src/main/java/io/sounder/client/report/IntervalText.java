package io.sounder.client.report;

import io.sounder.client.load.stats.Interval;
import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Ledger;
import java.util.Locale;

/** What lines about intervals have in common. */
final class IntervalText {
  private static final double NANOS_PER_SECOND = 1e9;

  private IntervalText() {}

  /** A line for people, at any width: the rate of the moment, the totals, the latencies. */
  static String full(Interval interval) {
    Ledger totals = interval.totals();
    return String.format(
        Locale.ROOT,
        "%7s  %10s  sent %s  ok %s  err %s  in flight %s%s",
        time(interval),
        Quantities.rate(interval.okPerSecond()),
        Quantities.count(totals.sent()),
        Quantities.count(totals.ok()),
        Quantities.count(errors(totals)),
        Quantities.count(totals.pending()),
        latencies("  ", interval.responseTimes()));
  }

  /** The same where there is little room. */
  static String compact(Interval interval) {
    Ledger totals = interval.totals();
    return String.format(
        Locale.ROOT,
        "%s %s/s ok %s err %s in flight %s%s",
        time(interval),
        Quantities.shortCount(Math.round(interval.okPerSecond())),
        Quantities.shortCount(totals.ok()),
        Quantities.shortCount(errors(totals)),
        Quantities.shortCount(totals.pending()),
        latencies(" ", interval.responseTimes()));
  }

  /** When it ended. */
  static String time(Interval interval) {
    return interval.warmUp() ? "warm-up" : seconds(interval.toNanos());
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1fs", nanos / NANOS_PER_SECOND);
  }

  /** Percentiles with something before them; nothing where there are none. */
  static String latencies(String before, Latencies latencies) {
    return latencies.count() == 0
        ? ""
        : String.format(
            "%sp50 %s  p99 %s  max %s",
            before,
            shortDuration(latencies.percentileNanos(50)),
            shortDuration(latencies.percentileNanos(99)),
            shortDuration(latencies.maxNanos()));
  }

  static String shortDuration(long nanos) {
    return Quantities.duration(nanos).replace(" ", "");
  }

  /** Requests that did not end well. */
  static long errors(Ledger ledger) {
    return ledger.corrupt() + ledger.failed() + ledger.lost() + ledger.late() + ledger.refused();
  }
}
