package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.stats.Snapshot;
import io.sounder.client.load.stats.Timings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressViewTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void aPlainLineHasTheIntervalsRateAndTheTotals() {
    ProgressView view = new ProgressView(ProgressView.Mode.PLAIN, out, new Style(false, true), 80);
    view.interval(snapshot(1_000), 2 * SECOND, SECOND, 400);
    assertEquals(
        "  2.0s       600/s  ok 1,000  err 0  in flight 1  p50 50.0µs p99 50.0µs max 50.0µs\n",
        text());
  }

  @Test
  void theLiveLineIsDrawnOverAndFitsEightyColumnsHoweverLargeTheNumbers() {
    ProgressView view = new ProgressView(ProgressView.Mode.LIVE, out, Style.PLAIN, 80);
    view.interval(snapshot(1_000_000), 1_000 * SECOND, SECOND, -8_000_000_000L);
    String line = text();
    assertTrue(line.startsWith("\r1000.0s 8.00G/s ok 1.00M err 0 in flight 1  p50 50.0us"), line);
    assertTrue(line.strip().length() < 80 + "\u001b[K".length(), line);
    view.finish();
    assertTrue(text().endsWith("\r\u001b[K"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 120})
  void theLiveLineIsNoWiderThanTheTerminal(int columns) {
    ProgressView view = new ProgressView(ProgressView.Mode.LIVE, out, Style.PLAIN, columns);
    view.interval(snapshot(1_000_000), 1_000 * SECOND, SECOND, -8_000_000_000L);
    String line = text().replace("\r", "").replace("\u001b[K", "");
    assertTrue(line.length() < columns, line);
    assertEquals(columns > 100, line.contains("ok 1,000,000 "), line);
  }

  @ParameterizedTest
  @CsvSource({"true, xterm, LIVE", "true, dumb, PLAIN", "false, xterm, NONE", "false, dumb, NONE"})
  void aTerminalThatCannotDrawOverALineGetsPlainOnes(
      boolean terminal, String term, ProgressView.Mode mode) {
    assertEquals(mode, ProgressView.Mode.of(terminal, Map.of("TERM", term)));
  }

  @Test
  void nothingIsShownWhereNothingWasAskedFor() {
    ProgressView view = new ProgressView(ProgressView.Mode.NONE, out, Style.PLAIN, 80);
    view.interval(snapshot(1), SECOND, SECOND, 0);
    view.finish();
    assertEquals("", text());
  }

  private static Snapshot snapshot(int ok) {
    LoopStatistics statistics = new LoopStatistics(false);
    statistics.measureFrom(0);
    for (int i = 0; i <= ok; i++) {
      statistics.sent(0, 0);
    }
    for (int i = 0; i < ok; i++) {
      statistics.ok(0, 0, 50_000, true);
    }
    return statistics.snapshot(0, new Timings(false));
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
