package io.sounder.client.report.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.report.chart.Chart.Choice;
import io.sounder.client.report.chart.Chart.Series;
import java.util.List;
import java.util.Locale;

/** Charts as the page's script reads them. */
public final class ChartJson {
  private static final double SIGNIFICANT = 1e6; // digits of a part or a rate

  private ChartJson() {}

  /** The charts as one array. */
  public static String text(List<Chart> charts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    charts.forEach(chart -> add(array.addObject(), chart));
    return array.toString();
  }

  private static void add(ObjectNode node, Chart chart) {
    node.put("id", chart.id()).put("title", chart.title());
    node.put("xAxis", name(chart.xAxis())).put("yAxis", name(chart.yAxis()));
    addAll(node.putArray("x"), chart.x());
    ArrayNode choices = node.putArray("choices");
    for (Choice choice : chart.choices()) {
      ObjectNode each = choices.addObject().put("label", choice.label());
      ArrayNode series = each.putArray("series");
      choice.series().forEach(one -> add(series.addObject(), one));
    }
  }

  private static void add(ObjectNode node, Series series) {
    node.put("label", series.label()).put("tone", series.tone());
    node.put("look", name(series.look()));
    addAll(node.putArray("y"), series.y());
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Whole numbers without a point, others to as many digits as can be seen. */
  private static void addAll(ArrayNode array, List<Double> values) {
    for (double value : values) {
      if (Double.isNaN(value)) {
        array.addNull();
      } else if (value == Chart.GAP) {
        array.add("gap");
      } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        array.add((long) value);
      } else {
        double scale = SIGNIFICANT / Math.pow(10, Math.ceil(Math.log10(Math.abs(value))));
        array.add(Math.rint(value * scale) / scale);
      }
    }
  }
}
