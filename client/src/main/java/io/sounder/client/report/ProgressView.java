package io.sounder.client.report;

import io.sounder.client.load.stats.Interval;
import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Ledger;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/**
 * The numbers of the moment: one line that is drawn again and again, or a line for each interval.
 */
public final class ProgressView implements Progress {
  /** How it is shown. */
  public enum Mode {
    LIVE,
    PLAIN,
    NONE;

    /**
     * What suits a stream: on a terminal that cannot draw over a line, a line for each interval.
     *
     * @param terminal whether a person looks on
     * @param environment the process's variables
     */
    public static Mode of(boolean terminal, Map<String, String> environment) {
      if (!terminal) {
        return NONE;
      }
      return environment.getOrDefault("TERM", "").equals("dumb") ? PLAIN : LIVE;
    }
  }

  private static final double NANOS_PER_SECOND = 1e9;
  private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";

  private final Mode mode;
  private final PrintStream out;
  private final Style style;
  private final int liveColumns;
  private boolean drawn;

  /**
   * A view.
   *
   * @param columns how wide the terminal is; the live line leaves the last one free, since a
   *     character there makes some terminals begin a new line
   */
  public ProgressView(Mode mode, PrintStream out, Style style, int columns) {
    this.mode = mode;
    this.out = out;
    this.style = style;
    this.liveColumns = Math.max(0, columns - 1);
  }

  /** How often there is something new to show, in nanoseconds; 0 if nothing is shown. */
  @Override
  public long intervalNanos() {
    return switch (mode) {
      case LIVE -> 500_000_000L;
      case PLAIN -> 1_000_000_000L;
      case NONE -> 0;
    };
  }

  /** Connections are being opened. */
  @Override
  public void connecting(int open, int asked) {
    if (mode == Mode.LIVE) {
      show("connecting: " + Quantities.count(open) + " of " + Quantities.count(asked));
    }
  }

  @Override
  public void interval(Interval interval) {
    if (mode == Mode.NONE) {
      return;
    }
    Ledger all = interval.totals();
    show(
        String.format(
            Locale.ROOT,
            "%5.1fs  %10s  ok %s  err %s  in flight %s%s",
            interval.toNanos() / NANOS_PER_SECOND,
            Quantities.rate(interval.okPerSecond()),
            Quantities.count(all.ok()),
            Quantities.count(errors(all)),
            Quantities.count(all.pending()),
            latencies(interval, all)));
  }

  private static String latencies(Interval now, Ledger all) {
    Latencies latencies = now.responseTimes();
    if (latencies.count() > 0) {
      return String.format(
          "  p50 %s p99 %s max %s",
          compact(latencies.percentileNanos(50)),
          compact(latencies.percentileNanos(99)),
          compact(latencies.maxNanos()));
    }
    return now.warmUp() && all.sent() > 0 ? "  warming up" : "";
  }

  /** Nothing more is shown; what comes next begins on a clean line. */
  @Override
  public void finish() {
    if (drawn) {
      out.print("\r" + CLEAR_TO_END_OF_LINE);
      out.flush();
      drawn = false;
    }
  }

  private static long errors(Ledger ledger) {
    return ledger.corrupt() + ledger.failed() + ledger.lost() + ledger.late() + ledger.refused();
  }

  private static String compact(long nanos) {
    return Quantities.duration(nanos).replace(" ", "");
  }

  private void show(String line) {
    String fitting = style.fit(line);
    if (mode == Mode.LIVE) {
      String cut = fitting.substring(0, Math.min(fitting.length(), liveColumns));
      out.print("\r" + cut + CLEAR_TO_END_OF_LINE);
      drawn = true;
    } else {
      out.println(fitting);
    }
    out.flush();
  }
}
