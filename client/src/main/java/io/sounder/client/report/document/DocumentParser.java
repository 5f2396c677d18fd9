package io.sounder.client.report.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.report.document.Document.SweepStep;
import io.sounder.client.report.document.Document.Verdict;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From a tree of JSON to a {@link Document}. Names that are not known are left alone. */
final class DocumentParser {
  private static final int MOST_INTERVALS = 100_000;
  private static final int MOST_STEPS = 100_000;
  private static final int MOST_OBJECTIVES = 1000;
  private static final int MOST_RUNS = 10_000;

  private final String name;
  private final JsonNode tree;
  private final Fields root;

  private DocumentParser(String name, JsonNode tree) {
    this.name = name;
    this.tree = tree;
    this.root = Fields.of(name, tree);
  }

  /**
   * Reads a document.
   *
   * @param name what to call it
   * @throws ClientFailure if it is none, or damaged
   */
  static Document parse(String name, JsonNode tree) {
    DocumentParser parser = new DocumentParser(name, tree);
    parser.checkSchema();
    return parser.document();
  }

  private void checkSchema() {
    JsonNode schema = tree.path("schema");
    if (schema.asText().equals(Document.SCHEMA)) {
      return;
    }
    if (schema.isTextual() && schema.asText().startsWith("sounder-result/")) {
      throw Fields.failure(
          name,
          "it is of version "
              + schema.asText()
              + ", and this program reads "
              + Document.SCHEMA
              + "; use the program that wrote it, or a newer one");
    }
    throw Fields.failure(
        name,
        "it is JSON, but no result: \"schema\" is not \""
            + Document.SCHEMA
            + "\"; such files are written by load --json");
  }

  private Document document() {
    Fields rate = root.object("rate");
    Fields bytes = root.objectOrEmpty("bytes");
    return new Document(
        name,
        tree.toString(),
        root.textOr("run", ""),
        root.textOr("started_at", ""),
        root.text("target"),
        verdict(),
        root.textOr("verdict_reason", ""),
        root.has("exit_code") ? (Integer) (int) Math.min(255, root.count("exit_code")) : null,
        root.flagOr("interrupted", false),
        root.count("duration_ns"),
        requests(root.object("requests")),
        root.has("warm_up") ? requests(root.object("warm_up")) : noRequests(),
        connections(root.objectOrEmpty("connections")),
        rate.numberOrNull("asked"),
        rate.number("achieved"),
        rate.textOr("arrivals", ""),
        latency(root.object("response_time_ns")),
        latency(root.object("service_time_ns")),
        latency(root.objectOrEmpty("connect_time_ns")),
        latency(root.objectOrEmpty("tls_handshake_ns")),
        bytes.countOr("sent", 0),
        bytes.countOr("received", 0),
        client(root.objectOrEmpty("client")),
        root.objects("slo", MOST_OBJECTIVES).stream().map(DocumentParser::slo).toList(),
        intervals(),
        histograms(),
        root.has("find_max") ? findMax(root.object("find_max")) : null,
        environment(root.objectOrEmpty("environment")),
        root.has("step") ? step(root.object("step")) : null,
        merged());
  }

  private Verdict verdict() {
    String text = root.text("verdict");
    for (Verdict verdict : Verdict.values()) {
      if (verdict.text().equals(text)) {
        return verdict;
      }
    }
    throw root.wrong("verdict", "is none of VALID, CLIENT-LIMITED, FAILED");
  }

  private static RequestCounts requests(Fields fields) {
    return new RequestCounts(
        fields.countOr("planned", 0),
        fields.countOr("unsent", 0),
        fields.count("sent"),
        fields.count("ok"),
        fields.countOr("corrupt", 0),
        fields.countOr("late", 0),
        fields.countOr("lost", 0),
        fields.countOr("refused", 0),
        fields.countOr("pending", 0),
        fields.countOr("duplicates", 0),
        fields.countOr("reordered", 0),
        fields.counts("errors"),
        fields.counts("wrong"),
        fields.countOr("oldest_pending_ns", 0));
  }

  private static RequestCounts noRequests() {
    return new RequestCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), Map.of(), 0);
  }

  private static Connections connections(Fields fields) {
    return new Connections(
        fields.countOr("asked", 0),
        fields.countOr("opened", 0),
        fields.countOr("open", 0),
        fields.countOr("connecting_ns", 0),
        fields.counts("errors"));
  }

  private static LatencySummary latency(Fields fields) {
    long count = fields.countOr("count", 0);
    Map<Statistic, Long> values = new EnumMap<>(Statistic.class);
    if (count > 0) {
      for (Statistic statistic : Statistic.values()) {
        Long nanos = fields.nanosOrNull(statistic.text());
        if (nanos == null) {
          throw fields.wrong(statistic.text(), "is missing, though \"count\" is " + count);
        }
        values.put(statistic, nanos);
      }
    }
    return new LatencySummary(
        values, count, fields.countOr("above_one_hour", 0), fields.countOr("lower_bounds", 0));
  }

  private static ClientHealth client(Fields fields) {
    return new ClientHealth(
        latency(fields.objectOrEmpty("send_lag_ns")),
        latency(fields.objectOrEmpty("loop_stall_ns")),
        fields.numberOrNull("cpu"),
        fields.countOr("gc_pause_ns", 0),
        fields.countOr("gc_longest_pause_ns", 0),
        fields.countOr("send_buffer_full_ns", 0),
        fields.countOrNull("udp_receive_buffer_errors"));
  }

  private static SloResult slo(Fields fields) {
    return new SloResult(
        fields.text("text"),
        fields.numberOrNull("measured"),
        fields.textOr("unit", ""),
        fields.flagOr("met", false));
  }

  private List<Interval> intervals() {
    List<Interval> intervals =
        root.objects("intervals", MOST_INTERVALS).stream().map(DocumentParser::interval).toList();
    for (int i = 1; i < intervals.size(); i++) {
      Interval before = intervals.get(i - 1);
      if (intervals.get(i).fromNanos() - before.fromNanos() < before.lengthNanos()) {
        throw root.wrong("intervals[" + i + "]", "begins before the one before it has ended");
      }
    }
    return intervals;
  }

  private static Interval interval(Fields fields) {
    long lengthNanos = fields.count("length_ns");
    if (lengthNanos == 0) {
      throw fields.wrong("length_ns", "is 0");
    }
    return new Interval(
        fields.count("from_ns"),
        lengthNanos,
        fields.countOr("sent", 0),
        fields.countOr("ok", 0),
        fields.countOr("corrupt", 0),
        fields.countOr("late", 0),
        fields.change("lost"),
        fields.countOr("refused", 0),
        fields.countOr("errors", 0),
        fields.change("pending"),
        fields.countOr("duplicates", 0),
        fields.nanosOrNull("p50"),
        fields.nanosOrNull("p99"),
        fields.nanosOrNull("max"),
        fields.flagOr("approximate", false));
  }

  private Map<String, EncodedHistogram> histograms() {
    Map<String, EncodedHistogram> histograms = new HashMap<>();
    Fields fields = root.objectOrEmpty("histograms");
    fields
        .texts()
        .forEach(
            (histogram, base64) -> {
              EncodedHistogram encoded = new EncodedHistogram(base64);
              check(fields, histogram, encoded);
              histograms.put(histogram, encoded);
            });
    return histograms;
  }

  /** Decoded once to see that it can be; it must hold what the document's figures speak of. */
  private void check(Fields fields, String histogram, EncodedHistogram encoded) {
    long held;
    try {
      held = encoded.decode().getTotalCount();
    } catch (IllegalArgumentException e) {
      throw fields.wrong(histogram, "does not decode: " + e.getMessage());
    }
    String summary = histogram + "_ns";
    if (root.has(summary)) {
      long count = root.object(summary).countOr("count", 0);
      if (held != count) {
        throw fields.wrong(
            histogram, "holds " + held + " values, but " + summary + ".count is " + count);
      }
    }
  }

  private static FindMax findMax(Fields fields) {
    return new FindMax(
        fields.textOr("slo", ""),
        fields.numberOrNull("found"),
        fields.textOr("ending", ""),
        fields.objects("steps", MOST_STEPS).stream().map(DocumentParser::findMaxStep).toList());
  }

  private static FindMax.Step findMaxStep(Fields fields) {
    return new FindMax.Step(
        fields.number("rate"),
        fields.numberOrNull("achieved"),
        fields.nanosOrNull("p50"),
        fields.nanosOrNull("p99"),
        fields.countOr("errors", 0),
        fields.flagOr("met", false),
        fields.textOr("verdict", ""),
        fields.textOr("phase", ""));
  }

  private static RunEnvironment environment(Fields fields) {
    Fields versions = fields.objectOrEmpty("versions");
    return new RunEnvironment(
        versions.textOr("sounder", ""),
        versions.textOr("java", ""),
        fields.textOr("os", ""),
        fields.countOrNull("cores"),
        fields.textOr("host", ""),
        fields.texts("flags"));
  }

  private static SweepStep step(Fields fields) {
    return new SweepStep(fields.count("index"), fields.countOr("count", 0));
  }

  private List<MergedRun> merged() {
    return root.objects("merged", MOST_RUNS).stream()
        .map(
            each ->
                new MergedRun(
                    each.textOr("run", ""),
                    each.textOr("target", ""),
                    each.textOr("started_at", ""),
                    each.textOr("file", "")))
        .toList();
  }
}
