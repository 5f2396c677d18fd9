package io.sounder.client.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.report.chart.Chart.Choice;
import io.sounder.client.report.chart.Chart.Series;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.FindMax;
import io.sounder.client.report.document.Statistic;
import io.sounder.client.report.document.SyntheticRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateChartsTest {
  @Test
  void aSweepIsACurveForEachPercentileOverTheRatesInOrder() {
    List<Document> steps = sweep("a.jsonl", 3_000, 1_000, 2_000);
    Chart chart = RateCharts.sweep(steps);
    assertEquals(List.of(1_000.0, 2_000.0, 3_000.0), chart.x());
    Series p99 =
        chart.choices().get(0).series().stream()
            .filter(series -> series.label().equals("p99"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        (double) steps.get(1).responseTime().nanos(Statistic.P99), p99.y().get(0).doubleValue());
  }

  @Test
  void sweepsBesideEachOtherAreACurveEach() {
    List<Document> steps = new ArrayList<>(sweep("a.jsonl", 1_000, 2_000));
    steps.addAll(sweep("b.jsonl", 2_000, 4_000));
    Chart chart = RateCharts.sweep(steps);
    assertEquals(List.of(1_000.0, 2_000.0, 4_000.0), chart.x());
    Choice p99 = chart.choices().get(0);
    assertEquals("p99", p99.label());
    assertEquals(List.of("a.jsonl", "b.jsonl"), p99.series().stream().map(Series::label).toList());
    assertTrue(Double.isNaN(p99.series().get(1).y().get(0)), "b had no such rate");
  }

  @Test
  void aRateThatWasTriedTwiceIsJudgedByTheLastTry() {
    FindMax search =
        new FindMax(
            "p99<2ms",
            1_000.0,
            "",
            List.of(step(2_000, 9_000_000L, false), step(1_000, 3L, false), step(1_000, 4L, true)));
    Chart chart = RateCharts.search(search);
    List<Series> series = chart.choices().get(0).series();
    assertEquals(List.of("met", "missed"), series.stream().map(Series::label).toList());
    assertEquals(List.of(4.0, Double.NaN), series.get(0).y());
    assertEquals(List.of(Double.NaN, 9_000_000.0), series.get(1).y());
  }

  private static FindMax.Step step(double rate, long p99, boolean met) {
    return new FindMax.Step(rate, rate, 1L, p99, 0, met, met ? "VALID" : "missed", "ramp");
  }

  private static List<Document> sweep(String file, int... rates) {
    List<Document> steps = new ArrayList<>();
    for (int i = 0; i < rates.length; i++) {
      int index = i;
      steps.add(
          SyntheticRun.of(i)
              .seconds(2)
              .perSecond(rates[i])
              .change(root -> root.putObject("step").put("index", index).put("count", rates.length))
              .document(file + "#" + (i + 1)));
    }
    return steps;
  }
}
