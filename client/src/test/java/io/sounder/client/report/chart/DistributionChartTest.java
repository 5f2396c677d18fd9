package io.sounder.client.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.report.chart.Chart.Series;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.SyntheticRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionChartTest {
  @Test
  void theBinsHoldAllRequestsAndEndWithAnEmptyOne() {
    Document run = SyntheticRun.of(1).seconds(20).document("a.json");
    Chart chart = DistributionChart.of(List.of(run), List.of("a"));
    for (Series series : chart.choices().get(0).series()) {
      double sum = series.y().stream().mapToDouble(Double::doubleValue).sum();
      assertEquals(1.0, sum, 1e-9, series.label());
      assertEquals(0.0, series.y().get(series.y().size() - 1), "the last step has an end");
    }
  }

  @Test
  void twoKindsOfRequestAreTwoHills() {
    Document run = SyntheticRun.of(1).seconds(20).closedLoop().document("a.json");
    Chart chart = DistributionChart.of(List.of(run), List.of("a"));
    assertTrue(near(chart, 62_000) > 0.05, "the fast kind");
    assertTrue(near(chart, 310_000) > 0.005, "the slow kind");
    assertTrue(near(chart, 140_000) < 0.001, "and nothing between them");
  }

  private static double near(Chart chart, double nanos) {
    int bin = 0;
    while (chart.x().get(bin + 1) <= nanos) {
      bin++;
    }
    return chart.choices().get(0).series().get(0).y().get(bin);
  }
}
