package io.sounder.client.report.document;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * A document such as a run would write, made from samples that are drawn: two kinds of reply, a
 * rare slow one, seconds that differ among each other and lean on the one before, and, if asked
 * for, a stall or errors. The same seed makes the same run.
 */
public final class SyntheticRun {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Random random;
  private final String run;
  private String target = "tcp://127.0.0.1:8888?framing=line";
  private String startedAt = "2026-03-14T10:00:00.123Z";
  private int seconds = 30;
  private int perSecond = 2_000;
  private double slowdown = 1;
  private double unsteadiness = 0.03;
  private int stallAt = -1;
  private int stallNanos;
  private int resets;
  private int timeouts;
  private int corrupt;
  private boolean openLoop = true;
  private Consumer<ObjectNode> last = root -> {};

  private SyntheticRun(long seed) {
    random = new Random(seed);
    run = String.format(Locale.ROOT, "%016x", new Random(seed * 31 + 7).nextLong());
  }

  public static SyntheticRun of(long seed) {
    return new SyntheticRun(seed);
  }

  public SyntheticRun target(String value) {
    target = value;
    return this;
  }

  public SyntheticRun startedAt(String value) {
    startedAt = value;
    return this;
  }

  public SyntheticRun seconds(int value) {
    seconds = value;
    return this;
  }

  public SyntheticRun perSecond(int value) {
    perSecond = value;
    return this;
  }

  /** Every latency is multiplied with it. */
  public SyntheticRun slowdown(double factor) {
    slowdown = factor;
    return this;
  }

  /** The standard deviation, in logarithms, of how slow a second is. */
  public SyntheticRun unsteadiness(double value) {
    unsteadiness = value;
    return this;
  }

  /** Nothing is answered for so long, from the beginning of a second. */
  public SyntheticRun stall(int atSecond, int millis) {
    stallAt = atSecond;
    stallNanos = millis * 1_000_000;
    return this;
  }

  public SyntheticRun errors(int newResets, int newTimeouts, int newCorrupt) {
    resets = newResets;
    timeouts = newTimeouts;
    corrupt = newCorrupt;
    return this;
  }

  public SyntheticRun closedLoop() {
    openLoop = false;
    return this;
  }

  /** What is done to the document in the end. */
  public SyntheticRun change(Consumer<ObjectNode> change) {
    last = last.andThen(change);
    return this;
  }

  public Document document(String name) {
    return DocumentReader.parse(name, tree().toString());
  }

  public String json() {
    return tree().toPrettyString() + "\n";
  }

  /** The document. */
  public ObjectNode tree() {
    Histogram response = EncodedHistogram.newHistogram();
    Histogram service = EncodedHistogram.newHistogram();
    Histogram sendLag = EncodedHistogram.newHistogram();
    Histogram connect = EncodedHistogram.newHistogram();
    for (int i = 0; i < 64; i++) {
      connect.recordValue((long) (180_000 * Math.exp(0.3 * random.nextGaussian())));
    }
    ArrayNode intervals = MAPPER.createArrayNode();
    double drift = 0;
    for (int second = 0; second < seconds; second++) {
      drift = 0.5 * drift + unsteadiness * Math.sqrt(0.75) * random.nextGaussian();
      long[] samples = new long[perSecond];
      for (int i = 0; i < perSecond; i++) {
        long serviceNanos = Math.round(latency() * slowdown * Math.exp(drift));
        long lag = Math.round(9_000 * Math.exp(0.6 * random.nextGaussian()));
        samples[i] = openLoop ? serviceNanos + lag + stalled(second, i) : serviceNanos;
        service.recordValue(serviceNanos);
        response.recordValue(samples[i]);
        if (openLoop) {
          sendLag.recordValue(lag);
        }
      }
      intervals.add(interval(second, samples));
    }
    return root(response, service, sendLag, connect, intervals);
  }

  private double latency() {
    double kind = random.nextDouble();
    double spread = random.nextGaussian();
    if (kind < 0.86) {
      return 62_000 * Math.exp(0.16 * spread);
    }
    if (kind < 0.997) {
      return 310_000 * Math.exp(0.22 * spread);
    }
    return 1_900_000 * Math.exp(0.45 * spread);
  }

  /** What a planned request waits until the stall is over. */
  private long stalled(int second, int index) {
    long planned = (second - stallAt) * NANOS_PER_SECOND + NANOS_PER_SECOND / perSecond * index;
    return stallAt >= 0 && planned >= 0 && planned < stallNanos ? stallNanos - planned : 0;
  }

  private ObjectNode interval(int second, long[] samples) {
    Arrays.sort(samples);
    ObjectNode node = MAPPER.createObjectNode();
    node.put("from_ns", second * NANOS_PER_SECOND).put("length_ns", NANOS_PER_SECOND);
    node.put("sent", perSecond).put("ok", perSecond);
    node.put("corrupt", 0).put("late", 0).put("lost", 0).put("refused", 0);
    node.put("errors", second == seconds / 2 ? resets + timeouts : 0);
    node.put("pending", 3).put("duplicates", 0);
    node.put("p50", samples[perSecond / 2]);
    node.put("p99", samples[(int) (perSecond * 0.99)]);
    return node.put("max", samples[perSecond - 1]);
  }

  private ObjectNode root(
      Histogram response,
      Histogram service,
      Histogram sendLag,
      Histogram connect,
      ArrayNode intervals) {
    long ok = (long) seconds * perSecond;
    int bad = resets + timeouts + corrupt;
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema", Document.SCHEMA).put("run", run).put("started_at", startedAt);
    root.put("target", target);
    root.put("verdict", bad == 0 ? "VALID" : "FAILED");
    root.put("verdict_reason", bad == 0 ? "every reply verified" : bad + " requests failed");
    root.put("exit_code", bad == 0 ? 0 : corrupt > 0 ? 5 : 7).put("interrupted", false);
    root.put("duration_ns", seconds * NANOS_PER_SECOND);
    ObjectNode requests = root.putObject("requests");
    requests.put("planned", ok + bad).put("unsent", 0);
    ledger(requests, ok);
    requests.put("sent", ok + bad).put("corrupt", corrupt).put("oldest_pending_ns", 0);
    if (resets > 0) {
      ((ObjectNode) requests.get("errors")).put("reset", resets);
    }
    if (timeouts > 0) {
      ((ObjectNode) requests.get("errors")).put("reply-timeout", timeouts);
    }
    if (corrupt > 0) {
      ((ObjectNode) requests.get("wrong")).put("corrupt", corrupt);
    }
    ledger(root.putObject("warm_up"), perSecond);
    ObjectNode connections = root.putObject("connections");
    connections.put("asked", 64).put("opened", 64 + resets).put("open", 64);
    connections.put("connecting_ns", 21_400_000).putObject("errors");
    ObjectNode rate = root.putObject("rate");
    if (openLoop) {
      rate.put("asked", perSecond);
    } else {
      rate.putNull("asked");
    }
    rate.put("achieved", (double) ok / seconds);
    rate.put("arrivals", openLoop ? "uniform" : null);
    root.set("response_time_ns", latencies(response));
    root.set("service_time_ns", latencies(service));
    root.set("connect_time_ns", latencies(connect));
    root.putObject("bytes").put("sent", (ok + bad) * 64).put("received", ok * 64);
    ObjectNode client = root.putObject("client");
    client.set("send_lag_ns", latencies(sendLag));
    client.set("loop_stall_ns", latencies(connect));
    client.put("cpu", 0.93).put("gc_pause_ns", 12_400_000).put("gc_longest_pause_ns", 4_100_000);
    client.put("send_buffer_full_ns", 0).putNull("udp_receive_buffer_errors");
    root.putArray("slo");
    root.set("intervals", intervals);
    ObjectNode histograms = root.putObject("histograms");
    histograms.put("response_time", EncodedHistogram.of(response).base64());
    histograms.put("service_time", EncodedHistogram.of(service).base64());
    histograms.put("send_lag", EncodedHistogram.of(sendLag).base64());
    histograms.put("connect_time", EncodedHistogram.of(connect).base64());
    environment(root.putObject("environment"));
    last.accept(root);
    return root;
  }

  private static void ledger(ObjectNode node, long ok) {
    node.put("sent", ok).put("ok", ok).put("corrupt", 0).put("late", 0).put("lost", 0);
    node.put("refused", 0).put("pending", 0).put("duplicates", 0).put("reordered", 0);
    node.putObject("errors");
    node.putObject("wrong");
  }

  private void environment(ObjectNode node) {
    node.putObject("versions")
        .put("sounder", "sounder 0.1.0")
        .put("java", "OpenJDK 64-Bit Server VM 17.0.15+6");
    node.put("os", "Linux 6.1.0 amd64").put("cores", 2).put("host", "meter-1");
    ObjectNode flags = node.putObject("flags");
    flags.put("connections", "64").put("threads", "1").put("pipeline", "1").put("size", "64B");
    flags.put("duration", seconds + "s").put("warmup", "1s").put("timeout", "5s");
    if (openLoop) {
      flags.put("rate", Integer.toString(perSecond));
    }
  }

  /** A latency object, as every document has several. */
  public static ObjectNode latencies(Histogram histogram) {
    LatencySummary summary = LatencySummary.of(histogram, 0, 0);
    ObjectNode node = MAPPER.createObjectNode();
    for (Statistic statistic : Statistic.values()) {
      if (summary.isEmpty()) {
        node.putNull(statistic.text());
      } else {
        node.put(statistic.text(), summary.nanos(statistic));
      }
    }
    return node.put("count", summary.count()).put("above_one_hour", 0).put("lower_bounds", 0);
  }
}
