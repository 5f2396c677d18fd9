package io.sounder.client.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.load.search.Finding;
import io.sounder.client.load.search.StepResult;
import io.sounder.client.load.slo.Measured;
import io.sounder.client.load.slo.Slo;
import io.sounder.client.load.stats.Latencies;
import java.util.List;
import java.util.Locale;

/** A search for the highest rate as JSON: what was found, and each step on the way. */
public final class SearchJson {
  private SearchJson() {}

  /** The part of a document that stands beside the result of the step that was kept. */
  public static ObjectNode tree(Slo slo, Finding finding, List<StepResult> steps) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("slo", slo.toString());
    if (Double.isNaN(finding.perSecond())) {
      node.putNull("found");
    } else {
      node.put("found", finding.perSecond());
    }
    node.put("ending", finding.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    steps.forEach(step -> addStep(node.withArray("steps").addObject(), step));
    return node;
  }

  private static void addStep(ObjectNode node, StepResult result) {
    Measured measured = result.measured();
    node.put("phase", result.step().phase().text());
    node.put("rate", result.step().perSecond());
    node.put("achieved", measured.achievedPerSecond());
    Latencies times = measured.responseTimes();
    if (times.count() == 0) {
      node.putNull("p50").putNull("p99");
    } else {
      node.put("p50", times.percentileNanos(50)).put("p99", times.percentileNanos(99));
    }
    node.put("errors", measured.errors());
    node.put("met", result.isMet());
    node.put("verdict", result.verdict().text());
  }
}
