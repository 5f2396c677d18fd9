package io.sounder.client.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Ledger;

/**
 * A result as JSON, for programs. Names may be added within {@link #SCHEMA}, never changed or taken
 * away. Percentiles of nothing are null.
 */
public final class ResultJson {
  public static final String SCHEMA = "sounder-result/1";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ResultJson() {}

  /** The text, with a line end. */
  public static String text(LoadResult result, Environment environment) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("target", result.target());
    root.put("verdict", result.verdict());
    root.put("interrupted", result.interrupted());
    root.put("duration_ns", result.durationNanos());
    ObjectNode requests = root.putObject("requests");
    requests.put("planned", result.planned());
    requests.put("unsent", result.unsent());
    addLedger(requests, result.measured());
    requests.put("oldest_pending_ns", result.oldestPendingNanos());
    addLedger(root.putObject("warm_up"), result.warmUp());
    addConnections(root.putObject("connections"), result);
    root.putObject("rate").putNull("asked").put("achieved", result.achievedRate());
    addLatencies(root.putObject("response_time_ns"), result.latencies());
    addLatencies(root.putObject("service_time_ns"), result.latencies());
    root.putObject("bytes")
        .put("sent", result.measured().bytesSent())
        .put("received", result.measured().bytesReceived());
    ObjectNode client = root.putObject("client");
    addLatencies(client.putObject("send_lag_ns"), new Latencies()); // nothing is planned to lag
    if (Double.isNaN(result.cpuCores())) {
      client.putNull("cpu");
    } else {
      client.put("cpu", result.cpuCores());
    }
    client.put("gc_pause_ns", result.gcPauseNanos());
    addEnvironment(root.putObject("environment"), result, environment);
    try {
      return MAPPER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts cannot be written", e);
    }
  }

  private static void addLedger(ObjectNode node, Ledger ledger) {
    node.put("sent", ledger.sent());
    node.put("ok", ledger.ok());
    node.put("corrupt", ledger.corrupt());
    node.put("late", ledger.late());
    node.put("lost", ledger.lost());
    node.put("refused", ledger.refused());
    node.put("pending", ledger.pending());
    node.put("duplicates", ledger.duplicates());
    node.put("reordered", ledger.reordered());
    ObjectNode errors = node.putObject("errors");
    ledger.errors().forEach((kind, count) -> errors.put(kind.text(), count));
    ObjectNode wrong = node.putObject("wrong");
    ledger.wrong().forEach((kind, count) -> wrong.put(kind.text(), count));
  }

  private static void addConnections(ObjectNode node, LoadResult result) {
    node.put("asked", result.connectionsAsked());
    node.put("opened", result.connections().opened());
    node.put("open", result.connections().open());
    ObjectNode errors = node.putObject("errors");
    result.connections().errors().forEach((kind, count) -> errors.put(kind.text(), count));
  }

  private static void addLatencies(ObjectNode node, Latencies latencies) {
    String[] names = {"p50", "p90", "p99", "p99.9", "p99.99"};
    double[] percentiles = {50, 90, 99, 99.9, 99.99};
    if (latencies.count() == 0) {
      node.putNull("min").putNull("mean");
      for (String name : names) {
        node.putNull(name);
      }
      node.putNull("max");
    } else {
      node.put("min", latencies.minNanos()).put("mean", Math.round(latencies.meanNanos()));
      for (int i = 0; i < names.length; i++) {
        node.put(names[i], latencies.percentileNanos(percentiles[i]));
      }
      node.put("max", latencies.maxNanos());
    }
    node.put("count", latencies.count());
    node.put("above_one_hour", latencies.above());
  }

  private static void addEnvironment(ObjectNode node, LoadResult result, Environment environment) {
    node.putObject("versions")
        .put("sounder", environment.sounderVersion())
        .put("java", environment.javaVersion());
    node.put("os", environment.operatingSystem());
    node.put("cores", environment.cores());
    ObjectNode flags = node.putObject("flags");
    result.settings().forEach((name, value) -> flags.put(name, String.valueOf(value)));
  }
}
