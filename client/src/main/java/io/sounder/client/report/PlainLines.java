package io.sounder.client.report;

import io.sounder.client.load.stats.Interval;
import java.io.PrintStream;

/** A line for each interval, where nothing can be drawn over: a file, a pipe, a dumb terminal. */
public final class PlainLines implements Progress {
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  private final PrintStream out;
  private final Style style;

  public PlainLines(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  @Override
  public long intervalNanos() {
    return INTERVAL_NANOS;
  }

  /** Says nothing: it is told of many times in a second. */
  @Override
  public void connecting(int open, int asked) {}

  @Override
  public void interval(Interval interval) {
    out.println(style.fit(IntervalText.full(interval)));
    out.flush();
  }

  @Override
  public void finish() {}
}
