package io.sounder.client.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.load.slo.SloOutcome;
import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Timings;
import java.time.temporal.ChronoUnit;

/**
 * A result as JSON, for programs. Names may be added within {@link #SCHEMA}, never changed or taken
 * away. Percentiles of nothing are null.
 */
public final class ResultJson {
  public static final String SCHEMA = "sounder-result/1";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final ObjectMapper LINE_MAPPER = new ObjectMapper();

  private ResultJson() {}

  /** A document as text, indented, with a line end. */
  public static String text(ObjectNode document) {
    return write(MAPPER, document);
  }

  /** A document as one line, with a line end: one of several in a file. */
  public static String line(ObjectNode document) {
    return write(LINE_MAPPER, document);
  }

  private static String write(ObjectMapper mapper, ObjectNode document) {
    try {
      return mapper.writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts cannot be written", e);
    }
  }

  /** The document. */
  public static ObjectNode tree(LoadResult result, Environment environment) {
    RunIdentity identity = result.identity();
    Timings timings = result.timings();
    Verdict verdict = Verdict.of(result, Style.FILE);
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("run", identity.run());
    root.put("started_at", result.startedAt().truncatedTo(ChronoUnit.MILLIS).toString());
    root.put("target", identity.target());
    root.put("verdict", verdict.word());
    root.put("verdict_reason", verdict.reason());
    root.put("exit_code", verdict.exitCode());
    root.put("interrupted", result.interrupted());
    root.put("duration_ns", result.durationNanos());
    ObjectNode requests = root.putObject("requests");
    requests.put("planned", result.planned());
    requests.put("unsent", result.unsent());
    IntervalJson.put(requests, result.measured());
    requests.put("oldest_pending_ns", result.counts().oldestPendingNanos());
    IntervalJson.put(root.putObject("warm_up"), result.warmUp());
    addConnections(root.putObject("connections"), result);
    addRate(root.putObject("rate"), result);
    addLatencies(root.putObject("response_time_ns"), timings.response())
        .put("lower_bounds", timings.responseLowerBounds());
    addLatencies(root.putObject("service_time_ns"), timings.service())
        .put("lower_bounds", timings.serviceLowerBounds());
    addLatencies(root.putObject("connect_time_ns"), timings.connect());
    if (identity.isTls()) {
      addLatencies(root.putObject("tls_handshake_ns"), timings.handshake());
    }
    root.putObject("bytes")
        .put("sent", result.measured().bytesSent())
        .put("received", result.measured().bytesReceived());
    addClient(root.putObject("client"), timings, result.self());
    addObjective(root.putArray("slo"), result);
    ArrayNode intervals = root.putArray("intervals");
    result.intervals().forEach(row -> IntervalJson.put(intervals.addObject(), row));
    addHistograms(root.putObject("histograms"), timings, identity.isTls());
    addEnvironment(root.putObject("environment"), identity, environment);
    return root;
  }

  private static void addRate(ObjectNode node, LoadResult result) {
    if (result.identity().isOpenLoop()) {
      node.put("asked", result.identity().rateAsked());
    } else {
      node.putNull("asked");
    }
    node.put("achieved", result.achievedRate());
    node.put("arrivals", result.identity().arrivals());
  }

  private static void addClient(ObjectNode node, Timings timings, SelfReport self) {
    addLatencies(node.putObject("send_lag_ns"), timings.sendLag());
    addLatencies(node.putObject("loop_stall_ns"), timings.stall());
    if (Double.isNaN(self.cpuCores())) {
      node.putNull("cpu");
    } else {
      node.put("cpu", self.cpuCores());
    }
    node.put("gc_pause_ns", self.gcPauseNanos());
    node.put("gc_longest_pause_ns", self.gcLongestPauseNanos());
    node.put("send_buffer_full_ns", self.sendBufferFullNanos());
    if (self.udpReceiveBufferErrors() < 0) {
      node.putNull("udp_receive_buffer_errors");
    } else {
      node.put("udp_receive_buffer_errors", self.udpReceiveBufferErrors());
    }
  }

  private static void addObjective(ArrayNode node, LoadResult result) {
    for (SloOutcome outcome : result.identity().outcomes(result.forObjective())) {
      ObjectNode clause = node.addObject().put("text", outcome.text());
      if (Double.isNaN(outcome.measured())) {
        clause.putNull("measured");
      } else {
        clause.put("measured", outcome.measured());
      }
      clause.put("unit", outcome.unit().text()).put("met", outcome.met());
    }
  }

  private static void addHistograms(ObjectNode node, Timings timings, boolean tls) {
    node.put("response_time", timings.response().encoded());
    node.put("service_time", timings.service().encoded());
    node.put("send_lag", timings.sendLag().encoded());
    node.put("connect_time", timings.connect().encoded());
    if (tls) {
      node.put("tls_handshake", timings.handshake().encoded());
    }
  }

  private static void addConnections(ObjectNode node, LoadResult result) {
    node.put("asked", result.identity().connectionsAsked());
    node.put("opened", result.connections().opened());
    node.put("open", result.connections().open());
    node.put("connecting_ns", result.connectingNanos());
    ObjectNode errors = node.putObject("errors");
    result.connections().errors().forEach((kind, count) -> errors.put(kind.text(), count));
  }

  private static ObjectNode addLatencies(ObjectNode node, Latencies latencies) {
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
    return node.put("above_one_hour", latencies.above());
  }

  private static void addEnvironment(
      ObjectNode node, RunIdentity identity, Environment environment) {
    node.putObject("versions")
        .put("sounder", environment.sounderVersion())
        .put("java", environment.javaVersion());
    node.put("os", environment.operatingSystem());
    node.put("cores", environment.cores());
    node.put("host", environment.host());
    ObjectNode flags = node.putObject("flags");
    identity.settings().forEach((name, value) -> flags.put(name, String.valueOf(value)));
  }
}
