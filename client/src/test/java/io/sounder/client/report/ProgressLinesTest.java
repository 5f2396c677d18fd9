package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.client.load.stats.Interval;
import io.sounder.client.load.stats.RecordedTest;
import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aPlainLineHasTheRateOfTheIntervalAndTheTotals() {
    PlainLines lines = new PlainLines(out, new Style(false, true));
    RecordedTest test = new RecordedTest(true, SECOND);
    lines.connecting(1, 64);
    lines.interval(test.ok(5, 1_000).second());
    lines.interval(test.ok(3_000, 50_000).sent(2).failed(ErrorClass.RESET).second());
    lines.interval(test.second());
    lines.finish();
    assertEquals(
        """
        warm-up      5.00/s  sent 5  ok 5  err 0  in flight 0  p50 1.00µs  p99 1.00µs  max 1.00µs
           1.0s     3,000/s  sent 3,002  ok 3,000  err 1  in flight 1  p50 50.0µs  p99 50.0µs  \
        max 50.0µs
           2.0s      0.00/s  sent 3,002  ok 3,000  err 1  in flight 1
        """,
        text());
  }

  @Test
  void aTerminalWithoutUnicodeGetsAscii() {
    new PlainLines(out, Style.PLAIN).interval(new RecordedTest(true, 0).ok(1, 50_000).second());
    assertTrue(text().contains("p50 50.0us"), text());
  }

  @Test
  void jsonRowsOfTheMeasurementAddUpToTheTotals() throws IOException {
    JsonLines lines = new JsonLines(out);
    RecordedTest test = new RecordedTest(true, 2 * SECOND);
    lines.interval(test.ok(5, 1_000).second());
    lines.interval(test.ok(5, 1_000).second());
    lines.interval(test.ok(100, 50_000).sent(6).lost().lost().second());
    lines.interval(test.late(2_000_000_000L).corrupt(Wrong.EXTRA).duplicate().second());
    lines.interval(test.failed(ErrorClass.REPLY_TIMEOUT).interval(SECOND / 2));

    List<JsonNode> measured = new ArrayList<>();
    for (String line : text().lines().toList()) {
      JsonNode row = new ObjectMapper().readTree(line);
      if (row.get("phase").asText().equals("measured")) {
        measured.add(row);
      } else {
        assertEquals("warm_up", row.get("phase").asText());
        assertTrue(row.get("from_ns").asLong() < 0);
      }
    }

    assertEquals(3, measured.size());
    JsonNode totals = measured.get(2).get("totals");
    for (String name : List.of("sent", "ok", "corrupt", "late", "lost", "refused", "pending")) {
      long sum = measured.stream().mapToLong(row -> row.get(name).asLong()).sum();
      assertEquals(totals.get(name).asLong(), sum, name);
    }
    assertEquals(1, measured.get(2).get("errors").asLong());
    assertEquals("{\"reply-timeout\":1}", totals.get("errors").toString());
    assertEquals("{\"extra\":1}", totals.get("wrong").toString());
    JsonNode first = measured.get(0);
    assertEquals(0, first.get("from_ns").asLong());
    assertEquals(SECOND, first.get("length_ns").asLong());
    assertEquals(50_000, first.get("p50").asDouble(), 50);
    assertEquals(50_000, first.get("rate_asked").asDouble());
    assertEquals(106, first.get("planned").asLong());
    assertEquals(64, first.get("connections_open").asLong());
    assertEquals(-1, measured.get(1).get("lost").asLong(), "it came late");
    assertTrue(measured.get(2).get("p99").isNull(), "of nothing");
  }

  @Test
  void inAClosedLoopNothingIsAskedForOrPlanned() throws IOException {
    new JsonLines(out).interval(new RecordedTest(false, 0).second());
    JsonNode row = new ObjectMapper().readTree(text());
    assertTrue(row.get("rate_asked").isNull());
    assertTrue(row.get("planned").isNull());
  }

  @Test
  void severalFollowersAreAllToldAndTheShortestIntervalCounts() {
    PlainLines one = new PlainLines(out, Style.PLAIN);
    List<Interval> other = new ArrayList<>();
    Progress quick =
        new Progress() {
          @Override
          public long intervalNanos() {
            return SECOND / 2;
          }

          @Override
          public void connecting(int open, int asked) {}

          @Override
          public void interval(Interval interval) {
            other.add(interval);
          }

          @Override
          public void finish() {}
        };
    Progress all = Progress.all(List.of(Progress.NONE, one, quick));
    assertEquals(SECOND / 2, all.intervalNanos());
    all.interval(new RecordedTest(true, 0).second());
    assertEquals(1, text().lines().count());
    assertEquals(1, other.size());
    assertEquals(0, Progress.all(List.of(Progress.NONE)).intervalNanos());
  }
}
