package io.sounder.client.report.merge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.report.document.ClientHealth;
import io.sounder.client.report.document.Connections;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.EncodedHistogram;
import io.sounder.client.report.document.Interval;
import io.sounder.client.report.document.LatencySummary;
import io.sounder.client.report.document.MergedRun;
import io.sounder.client.report.document.RequestCounts;
import io.sounder.client.report.document.RunEnvironment;
import io.sounder.client.report.document.SloResult;
import io.sounder.client.report.document.Statistic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A merged result, written as a run's own document is. */
final class MergedJson {
  private static final int RUN_ID_BYTES = 8;

  private final List<Document> runs;
  private final Merge merge;
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();

  MergedJson(List<Document> runs, Merge merge) {
    this.runs = runs;
    this.merge = merge;
  }

  String text() {
    addHead();
    add(root.putObject("requests"), merge.requests(Document::requests), true);
    add(root.putObject("warm_up"), merge.requests(Document::warmUp), false);
    addConnections(root.putObject("connections"), merge.connections());
    addRate(root.putObject("rate"));
    addLatencies();
    root.putObject("bytes")
        .put("sent", runs.stream().mapToLong(Document::bytesSent).reduce(0, Math::addExact))
        .put(
            "received", runs.stream().mapToLong(Document::bytesReceived).reduce(0, Math::addExact));
    addClient(root.putObject("client"));
    addSlo(root.putArray("slo"));
    addIntervals(root.putArray("intervals"));
    ObjectNode histograms = root.putObject("histograms");
    merge
        .histograms()
        .forEach((name, sum) -> histograms.put(name, EncodedHistogram.of(sum).base64()));
    addEnvironment(root.putObject("environment"), MergedEnvironment.of(runs));
    addParts(root.putArray("merged"));
    return root.toString();
  }

  private void addHead() {
    root.put("schema", Document.SCHEMA);
    root.put("run", id(runs));
    root.put(
        "started_at",
        runs.stream()
            .map(Document::startedAt)
            .filter(started -> !started.isEmpty())
            .min(Comparator.naturalOrder())
            .orElse(""));
    root.put(
        "target", runs.stream().map(Document::target).distinct().collect(Collectors.joining(", ")));
    root.put("verdict", MergedVerdict.of(runs).text());
    root.put("verdict_reason", MergedVerdict.reason(runs));
    root.put("exit_code", MergedVerdict.exitCode(runs));
    root.put("interrupted", runs.stream().anyMatch(Document::interrupted));
    root.put("duration_ns", runs.stream().mapToLong(Document::durationNanos).max().orElse(0));
  }

  /** The same for the same parts, whatever their order, so that they are known again. */
  private static String id(List<Document> runs) {
    String ids =
        runs.stream()
            .flatMap(run -> Merge.ids(run).stream())
            .sorted()
            .collect(Collectors.joining(" "));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(ids.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, RUN_ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void add(ObjectNode node, RequestCounts counts, boolean measured) {
    if (measured) {
      node.put("planned", counts.planned()).put("unsent", counts.unsent());
    }
    node.put("sent", counts.sent()).put("ok", counts.ok()).put("corrupt", counts.corrupt());
    node.put("late", counts.late()).put("lost", counts.lost()).put("refused", counts.refused());
    node.put("pending", counts.pending()).put("duplicates", counts.duplicates());
    node.put("reordered", counts.reordered());
    add(node.putObject("errors"), counts.errors());
    add(node.putObject("wrong"), counts.wrong());
    node.put("oldest_pending_ns", counts.oldestPendingNanos());
  }

  private static void add(ObjectNode node, Map<String, Long> counts) {
    counts.forEach(node::put);
  }

  private static void addConnections(ObjectNode node, Connections connections) {
    node.put("asked", connections.asked()).put("opened", connections.opened());
    node.put("open", connections.open()).put("connecting_ns", connections.connectingNanos());
    add(node.putObject("errors"), connections.errors());
  }

  private void addRate(ObjectNode node) {
    boolean allOpen = runs.stream().map(Document::askedRate).allMatch(Objects::nonNull);
    node.put(
        "asked", allOpen ? (Double) runs.stream().mapToDouble(Document::askedRate).sum() : null);
    node.put("achieved", runs.stream().mapToDouble(Document::achievedRate).sum());
    String arrivals = runs.get(0).arrivals();
    node.put("arrivals", arrivals.isEmpty() ? null : arrivals);
  }

  private void addLatencies() {
    addLatency(
        root.putObject("response_time_ns"),
        merge.latency(Document.RESPONSE_TIME, Document::responseTime));
    addLatency(
        root.putObject("service_time_ns"),
        merge.latency(Document.SERVICE_TIME, Document::serviceTime));
    addLatency(
        root.putObject("connect_time_ns"), merge.latency("connect_time", Document::connectTime));
    LatencySummary handshakes = merge.latency("tls_handshake", Document::handshakeTime);
    if (!handshakes.isEmpty()) {
      addLatency(root.putObject("tls_handshake_ns"), handshakes);
    }
  }

  private static void addLatency(ObjectNode node, LatencySummary summary) {
    for (Statistic statistic : Statistic.values()) {
      node.put(statistic.text(), summary.values().get(statistic));
    }
    node.put("count", summary.count());
    node.put("above_one_hour", summary.aboveOneHour());
    node.put("lower_bounds", summary.lowerBounds());
  }

  private void addClient(ObjectNode node) {
    ClientHealth client =
        MergedEnvironment.client(
            runs,
            merge.latency("send_lag", run -> run.client().sendLag()),
            merge.latency("loop_stall", run -> run.client().loopStall()));
    addLatency(node.putObject("send_lag_ns"), client.sendLag());
    addLatency(node.putObject("loop_stall_ns"), client.loopStall());
    node.put("cpu", client.cpuCores());
    node.put("gc_pause_ns", client.gcPauseNanos());
    node.put("gc_longest_pause_ns", client.gcLongestPauseNanos());
    node.put("send_buffer_full_ns", client.sendBufferFullNanos());
    node.put("udp_receive_buffer_errors", client.udpReceiveBufferErrors());
  }

  private void addSlo(ArrayNode array) {
    for (SloResult slo : MergedVerdict.slo(runs)) {
      array
          .addObject()
          .put("text", slo.text())
          .put("measured", slo.measured())
          .put("met", slo.met());
    }
  }

  private void addIntervals(ArrayNode array) {
    for (Interval each : MergedIntervals.of(runs)) {
      ObjectNode node = array.addObject();
      node.put("from_ns", each.fromNanos()).put("length_ns", each.lengthNanos());
      node.put("sent", each.sent()).put("ok", each.ok()).put("corrupt", each.corrupt());
      node.put("late", each.late()).put("lost", each.lost()).put("refused", each.refused());
      node.put("errors", each.errors()).put("pending", each.pending());
      node.put("duplicates", each.duplicates());
      node.put("p50", each.p50Nanos()).put("p99", each.p99Nanos()).put("max", each.maxNanos());
      node.put("approximate", each.approximate());
    }
  }

  private static void addEnvironment(ObjectNode node, RunEnvironment environment) {
    node.putObject("versions")
        .put("sounder", environment.sounderVersion())
        .put("java", environment.javaVersion());
    node.put("os", environment.operatingSystem()).put("cores", environment.cores());
    ObjectNode flags = node.putObject("flags");
    environment.flags().forEach(flags::put);
    node.put("host", environment.host());
  }

  private void addParts(ArrayNode array) {
    for (MergedRun part : merge.parts()) {
      array
          .addObject()
          .put("run", part.run())
          .put("target", part.target())
          .put("started_at", part.startedAt())
          .put("file", part.file());
    }
  }
}
