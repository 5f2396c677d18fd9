package io.sounder.client.report;

import io.sounder.client.cli.TerminalSize;
import io.sounder.client.load.stats.Interval;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A block of lines on a terminal that is drawn over again and again. Each time it is written at
 * once, over what was there, so that nothing flickers. A terminal with too few lines gets one.
 *
 * <p>When the terminal becomes narrower, many (VTE's, tmux, Windows Terminal) wrap what is on it,
 * and the block takes more rows than it has lines; so many are cleared. Those that cut instead lose
 * as many rows from above the block, which is better than pieces of blocks left standing.
 *
 * <p>{@link #resizing} and {@link #resized} may be called from any thread; the rest is the
 * coordinating thread's.
 */
public final class LiveScreen implements Progress {
  private static final long INTERVAL_NANOS = 1_000_000_000L;
  private static final int LEAST_LINES = 4;
  private static final int LEAST_COLUMNS = 20;
  private static final String CLEAR_LINE = "\u001b[K"; // from the cursor on
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final Style style;
  private final LiveFigures figures;
  private final Supplier<TerminalSize> sizes;

  private TerminalSize size;
  private List<ScreenLine> drawn = List.of(); // the cursor is at the end of the last

  /** The widths of lines that are above those drawn, and out of reach: see {@link #lost}. */
  private List<Integer> lost = List.of();

  private boolean resizing;

  /**
   * A screen that shows nothing yet.
   *
   * @param sizes asked in the beginning, and when it has changed
   */
  public LiveScreen(
      PrintStream out, Style style, RunOutline outline, Supplier<TerminalSize> sizes) {
    this.out = out;
    this.style = style;
    this.figures = new LiveFigures(outline, style);
    this.sizes = sizes;
    this.size = sizes.get();
  }

  @Override
  public long intervalNanos() {
    return INTERVAL_NANOS;
  }

  @Override
  public synchronized void connecting(int open, int asked) {
    figures.onConnecting(open);
    drawUnlessResizing();
  }

  @Override
  public synchronized void interval(Interval interval) {
    figures.onInterval(interval);
    drawUnlessResizing();
  }

  private void drawUnlessResizing() {
    if (!resizing) {
      draw("");
    }
  }

  /**
   * The terminal is getting another size. Until it has settled nothing is drawn: it would be in the
   * wrong place.
   */
  public synchronized void resizing() {
    resizing = true;
  }

  /** The terminal has got another size, which is asked for. */
  public void resized() {
    TerminalSize now = sizes.get(); // takes a moment, in which nobody should wait for the lock
    onSize(now);
  }

  private synchronized void onSize(TerminalSize now) {
    resizing = false;
    int moreRows = now.rows() - size.rows();
    size = now;
    if (!drawn.isEmpty()) {
      List<Integer> nowLost = lost(moreRows);
      draw(CLEAR_BELOW);
      lost = nowLost;
    }
  }

  @Override
  public synchronized void finish() {
    if (resizing) {
      size = sizes.get();
    }
    if (!drawn.isEmpty()) {
      write(toTop() + CLEAR_BELOW);
      drawn = List.of();
    }
  }

  private void draw(String first) {
    List<ScreenLine> lines = lines();
    StringBuilder text = new StringBuilder(toTop()).append(first);
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == 0 ? "" : "\n").append(lines.get(i)).append(CLEAR_LINE);
    }
    write(text.append(CLEAR_BELOW).toString());
    drawn = lines;
  }

  /** The last column stays free: a character there makes some terminals begin a new line. */
  private List<ScreenLine> lines() {
    int columns = Math.max(0, size.columns() - 1);
    int most = size.rows() - 1; // and one for the cursor
    if (most < LEAST_LINES || columns < LEAST_COLUMNS) {
      return List.of(figures.oneLine(columns));
    }
    List<ScreenLine> lines = new ArrayList<>(figures.lines(columns, most));
    lines.add(new ScreenLine(style, columns));
    return lines;
  }

  /**
   * What is out of reach, because the terminal has become so low that it left at its top. It comes
   * back when the terminal grows again; where it does not, the cursor stops at the top in time.
   *
   * @param moreRows than before
   */
  private List<Integer> lost(int moreRows) {
    int reach = size.rows() - 1;
    if (!lost.isEmpty()) { // so the block is at the very top
      reach = Math.min(reach, rowsAbove(widths(List.of())) + Math.max(0, moreRows));
    }
    List<Integer> lines = widths(lost);
    int excess = rowsAbove(lines) - reach;
    List<Integer> gone = new ArrayList<>();
    for (int i = 0; excess > 0; i++) {
      int rows = rows(lines.get(i));
      gone.add(excess >= rows ? lines.get(i) : (Integer) (excess * size.columns()));
      excess -= rows;
    }
    return gone;
  }

  /** To the beginning of all that was drawn, at the width that the terminal has now. */
  private String toTop() {
    int up = drawn.isEmpty() ? 0 : rowsAbove(widths(lost));
    return "\r" + (up > 0 ? "\u001b[" + up + "A" : "");
  }

  private List<Integer> widths(List<Integer> above) {
    List<Integer> widths = new ArrayList<>(above);
    drawn.forEach(line -> widths.add(line.width()));
    return widths;
  }

  /** How many rows there are above the cursor's, which is the last. */
  private int rowsAbove(List<Integer> lines) {
    return lines.stream().mapToInt(this::rows).sum() - 1;
  }

  private int rows(int width) {
    return Math.max(1, (width + size.columns() - 1) / size.columns());
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(style.charset());
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
