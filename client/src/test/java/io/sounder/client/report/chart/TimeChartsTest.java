package io.sounder.client.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.report.chart.Chart.Choice;
import io.sounder.client.report.chart.Chart.Series;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.SyntheticRun;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TimeChartsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void eachIntervalIsAPointAtItsBeginning() {
    Document run = withIntervals(3, interval -> {});
    Chart chart = TimeCharts.throughput(List.of(run), List.of("a"));
    assertEquals(List.of(0.0, 1.0, 2.0), chart.x());
    assertEquals(List.of(100.0, 100.0, 100.0), series(chart, "right replies").y());
  }

  @Test
  void whatWentWrongCanBeChosenIfAnythingDid() {
    Document right = withIntervals(3, interval -> {});
    assertEquals(1, TimeCharts.throughput(List.of(right), List.of("a")).choices().size());
    Document wrong = withIntervals(3, interval -> interval.put("lost", 7));
    Chart chart = TimeCharts.throughput(List.of(wrong), List.of("a"));
    assertEquals(
        List.of("right replies", "not ok"), chart.choices().stream().map(Choice::label).toList());
    assertEquals(List.of(7.0, 7.0, 7.0), chart.choices().get(1).series().get(0).y());
  }

  @Test
  void anIntervalWithoutRepliesIsAGapAndNotZero() {
    Document run =
        withIntervals(
            3,
            interval -> {
              if (interval.get("from_ns").asLong() == SECOND) {
                interval.put("ok", 0).putNull("p50").putNull("p99").putNull("max");
              }
            });
    Chart chart = TimeCharts.latency(List.of(run), List.of("a"));
    List<Double> p99 = series(chart, "p99").y();
    assertEquals(List.of(900_000.0, Chart.GAP, 900_000.0), p99);
    assertEquals(0.0, series(TimeCharts.throughput(List.of(run), List.of("a")), "").y().get(1));
  }

  @Test
  void whatRemainsOfTheLastSecondIsNoPoint() {
    Document run =
        withIntervals(
            4,
            interval -> {
              if (interval.get("from_ns").asLong() == 3 * SECOND) {
                interval.put("length_ns", SECOND / 20).put("ok", 40);
              }
            });
    assertEquals(3, TimeCharts.throughput(List.of(run), List.of("a")).x().size());
  }

  @Test
  void aDayOfSecondsIsThinnedAndNoSpikeIsLostThereby() {
    Document run =
        withIntervals(
            86_400,
            interval -> {
              if (interval.get("from_ns").asLong() == 54_321 * SECOND) {
                interval.put("max", 9 * SECOND);
              }
            });
    Chart chart = TimeCharts.latency(List.of(run), List.of("a"));
    assertTrue(chart.x().size() <= 7_200, chart.x().size() + " points");
    assertTrue(chart.hint().contains("12 intervals"), chart.hint());
    double highest = series(chart, "max").y().stream().mapToDouble(d -> d).max().orElseThrow();
    assertEquals(9.0 * SECOND, highest);
    Chart rates = TimeCharts.throughput(List.of(run), List.of("a"));
    assertEquals(100.0, series(rates, "right replies").y().get(1), "rates are means, not sums");
  }

  @Test
  void whatComesAfterTheSendingIsSaidToBeSo() {
    String awaited = "nothing is sent any more";
    Document longer = withIntervals(2, interval -> {}); // its duration is one second
    Chart chart = TimeCharts.throughput(List.of(longer), List.of("a"));
    assertTrue(chart.hint().contains(awaited), chart.hint());
    Document other = SyntheticRun.of(1).seconds(2).document("a.json");
    chart = TimeCharts.throughput(List.of(other), List.of("a"));
    assertFalse(chart.hint().contains(awaited), chart.hint());
  }

  @Test
  void theRateThatWasAskedForIsALevelUnlessItRose() {
    Document level = withIntervals(2, interval -> {});
    Chart chart = TimeCharts.throughput(List.of(level), List.of("a"));
    assertEquals(List.of(2_000.0, 2_000.0), series(chart, "asked").y());
    Document ramp =
        SyntheticRun.of(1)
            .seconds(2)
            .change(root -> ((ObjectNode) root.at("/environment/flags")).put("ramp", "1k:2k:2s"))
            .document("a.json");
    chart = TimeCharts.throughput(List.of(ramp), List.of("a"));
    assertEquals(1, chart.choices().get(0).series().size());
  }

  @Test
  void withoutIntervalsThereIsNothingToDraw() {
    Document run = withIntervals(0, interval -> {});
    assertTrue(TimeCharts.throughput(List.of(run), List.of("a")).isEmpty());
    assertTrue(TimeCharts.latency(List.of(run), List.of("a")).isEmpty());
  }

  /** A curve of the first choice; the first one if the label is empty. */
  private static Series series(Chart chart, String label) {
    return chart.choices().get(0).series().stream()
        .filter(each -> label.isEmpty() || each.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  /** A run of so many seconds with 100 right replies in each, as changed. */
  private static Document withIntervals(int count, Consumer<ObjectNode> change) {
    return SyntheticRun.of(1)
        .seconds(1)
        .change(
            root -> {
              ArrayNode intervals = root.putArray("intervals");
              for (int i = 0; i < count; i++) {
                ObjectNode each = intervals.addObject();
                each.put("from_ns", i * SECOND).put("length_ns", SECOND);
                each.put("sent", 100).put("ok", 100);
                each.put("p50", 50_000).put("p99", 900_000).put("max", 2_000_000);
                change.accept(each);
              }
            })
        .document("a.json");
  }
}
