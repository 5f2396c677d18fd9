package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.stats.LoopStatistics;
import io.sounder.client.load.stats.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void aPlainLineHasTheIntervalsRateAndTheTotals() {
    ProgressView view = new ProgressView(ProgressView.Mode.PLAIN, out, new Style(false, true));
    view.interval(snapshot(1_000), 2 * SECOND, SECOND, 400);
    assertEquals(
        "  2.0s       600/s  ok 1,000  err 0  in flight 1  p50 50.0µs p99 50.0µs max 50.0µs\n",
        text());
  }

  @Test
  void theLiveLineIsDrawnOverAndFitsEightyColumnsHoweverLargeTheNumbers() {
    ProgressView view = new ProgressView(ProgressView.Mode.LIVE, out, Style.PLAIN);
    view.interval(snapshot(1_000_000), 1_000 * SECOND, SECOND, -8_000_000_000L);
    String line = text();
    assertTrue(line.startsWith("\r1000.0s 8.00G/s ok 1.00M err 0 in flight 1  p50 50.0us"), line);
    assertTrue(line.strip().length() < 80 + "\u001b[K".length(), line);
    view.finish();
    assertTrue(text().endsWith("\r\u001b[K"));
  }

  @Test
  void nothingIsShownWhereNothingWasAskedFor() {
    ProgressView view = new ProgressView(ProgressView.Mode.NONE, out, Style.PLAIN);
    view.interval(snapshot(1), SECOND, SECOND, 0);
    view.finish();
    assertEquals("", text());
  }

  private static Snapshot snapshot(int ok) {
    LoopStatistics statistics = new LoopStatistics();
    for (int i = 0; i <= ok; i++) {
      statistics.sent(0);
    }
    for (int i = 0; i < ok; i++) {
      statistics.ok(0, 50_000, true);
    }
    return statistics.snapshot(0);
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
