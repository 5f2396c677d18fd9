package io.sounder.client.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.report.chart.Chart.Series;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.EncodedHistogram;
import io.sounder.client.report.document.Statistic;
import io.sounder.client.report.document.SyntheticRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class PercentileChartTest {
  private final Document run = SyntheticRun.of(1).seconds(50).document("a.json");

  @Test
  void theCurveGoesThroughTheFiguresOfTheTable() {
    Chart chart = PercentileChart.of(List.of(run), List.of("a"));
    Series response = chart.choices().get(0).series().get(0);
    assertEquals("response time", response.label());
    for (Statistic statistic : List.of(Statistic.P90, Statistic.P99, Statistic.P99_9)) {
      double nines = -Math.log10(1 - statistic.percentile() / 100);
      double drawn = response.y().get(place(chart, nines));
      assertEquals((double) run.responseTime().nanos(statistic), drawn, statistic.text());
    }
    int last = chart.x().size() - 1;
    assertEquals(5.0, chart.x().get(last), "of 100,000 values one is above 99.999 %");
    assertEquals(
        (double) run.responseTime().nanos(Statistic.MAX), response.y().get(last).doubleValue());
  }

  @Test
  void theCurveNeverFalls() {
    List<Double> y =
        PercentileChart.of(List.of(run), List.of("a")).choices().get(0).series().get(0).y();
    for (int i = 1; i < y.size(); i++) {
      assertTrue(y.get(i) >= y.get(i - 1), "at " + i);
    }
  }

  @Test
  void latenciesThatAreTheSameAreOneCurve() {
    Document closed = SyntheticRun.of(1).seconds(5).closedLoop().document("a.json");
    Chart chart = PercentileChart.of(List.of(closed), List.of("a"));
    assertEquals(
        List.of("latency"), chart.choices().get(0).series().stream().map(Series::label).toList());
  }

  @Test
  void ofSeveralRunsThereIsACurveEachAndAChoiceBetweenTheLatencies() {
    Document longer = SyntheticRun.of(2).seconds(500).document("b.json");
    Chart chart = PercentileChart.of(List.of(run, longer), List.of("a", "b"));
    assertEquals(
        List.of("response time", "service time"),
        chart.choices().stream().map(Chart.Choice::label).toList());
    List<Series> series = chart.choices().get(0).series();
    assertEquals(List.of("a", "b"), series.stream().map(Series::label).toList());
    assertFalse(series.get(0).tone().equals(series.get(1).tone()));
    int last = chart.x().size() - 1;
    assertTrue(Double.isNaN(series.get(0).y().get(last)), "the smaller run ends sooner");
    assertFalse(Double.isNaN(series.get(1).y().get(last)));
  }

  @Test
  void withoutHistogramsTheFiguresAloneMakeACurve() {
    Document bare =
        SyntheticRun.of(1).seconds(5).change(root -> root.remove("histograms")).document("a.json");
    Chart chart = PercentileChart.of(List.of(bare), List.of("a"));
    double drawn = chart.choices().get(0).series().get(0).y().get(place(chart, 2));
    assertEquals((double) bare.responseTime().nanos(Statistic.P99), drawn);
  }

  @Test
  void withoutLatenciesThereIsNothingToDraw() {
    Document empty =
        SyntheticRun.of(1)
            .change(
                root -> {
                  var none = SyntheticRun.latencies(EncodedHistogram.newHistogram());
                  root.set("response_time_ns", none);
                  root.set("service_time_ns", none);
                  ((ObjectNode) root.get("histograms")).removeAll();
                })
            .document("a.json");
    assertTrue(PercentileChart.of(List.of(empty), List.of("a")).isEmpty());
  }

  private static int place(Chart chart, double nines) {
    for (int i = 0; i < chart.x().size(); i++) {
      if (Math.abs(chart.x().get(i) - nines) < 1e-9) {
        return i;
      }
    }
    throw new AssertionError(nines + " nines are no place of " + chart.x());
  }
}
