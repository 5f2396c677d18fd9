package io.sounder.client.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.client.report.chart.Chart.Axis;
import io.sounder.client.report.chart.Chart.Choice;
import io.sounder.client.report.chart.Chart.Look;
import io.sounder.client.report.chart.Chart.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartJsonTest {
  @Test
  void numbersHaveTheDigitsThatCanBeSeenAndGapsAreSaid() throws JsonProcessingException {
    List<Double> y =
        List.of(Chart.ABSENT, 86_400_000_000_001.0, 0.123456789, 20_000.0 / 3, Chart.GAP);
    Series series = new Series("run \"a\"", "run-0", Look.DASHED, y);
    Chart chart =
        new Chart(
            "id",
            "title",
            "hint",
            Axis.SECONDS,
            Axis.RATE,
            List.of(0.0, 0.5, 1.0, 2.0, 3.0),
            List.of(new Choice("all", List.of(series))));

    JsonNode read = new ObjectMapper().readTree(ChartJson.text(List.of(chart))).get(0);
    assertEquals("[0,0.5,1,2,3]", read.get("x").toString());
    JsonNode one = read.at("/choices/0/series/0");
    assertEquals("[null,86400000000001,0.123457,6666.67,\"gap\"]", one.get("y").toString());
    assertEquals("run \"a\"", one.get("label").asText());
    assertEquals("dashed", one.get("look").asText());
    assertEquals("rate", read.get("yAxis").asText());
  }
}
