package io.sounder.client.report.document;

import java.util.List;
import java.util.Map;

/**
 * One run's result, as a {@code sounder-result/1} document says it. Times are nanoseconds, rates
 * requests/s. Texts are empty where the document has none; they are foreign, and must be escaped
 * before they are shown.
 *
 * @param name what to call it: its file, and which document of the file where there are several
 * @param json the whole document on one line, names included that this reader does not know
 * @param run tells runs apart; empty in documents of early versions
 * @param startedAt ISO 8601, start of the measurement
 * @param exitCode null if not said
 * @param askedRate null in a closed loop
 * @param arrivals {@code uniform} or {@code poisson}; empty in a closed loop
 * @param handshakeTime of TLS; of nothing elsewhere
 * @param histograms those that the document has, by name
 * @param findMax null unless it was a search
 * @param step null unless it is one of a sweep
 * @param merged what it was pooled from; empty for a single run
 */
public record Document(
    String name,
    String json,
    String run,
    String startedAt,
    String target,
    Verdict verdict,
    String verdictReason,
    Integer exitCode,
    boolean interrupted,
    long durationNanos,
    RequestCounts requests,
    RequestCounts warmUp,
    Connections connections,
    Double askedRate,
    double achievedRate,
    String arrivals,
    LatencySummary responseTime,
    LatencySummary serviceTime,
    LatencySummary connectTime,
    LatencySummary handshakeTime,
    long bytesSent,
    long bytesReceived,
    ClientHealth client,
    List<SloResult> slo,
    List<Interval> intervals,
    Map<String, EncodedHistogram> histograms,
    FindMax findMax,
    RunEnvironment environment,
    SweepStep step,
    List<MergedRun> merged) {
  public static final String SCHEMA = "sounder-result/1";
  public static final String RESPONSE_TIME = "response_time";
  public static final String SERVICE_TIME = "service_time";

  /** Whether the figures can be relied on. */
  public enum Verdict {
    VALID("VALID"),
    CLIENT_LIMITED("CLIENT-LIMITED"),
    FAILED("FAILED");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    /** As it stands in a document: {@code CLIENT-LIMITED}. */
    public String text() {
      return text;
    }
  }

  /**
   * Which step of a sweep.
   *
   * @param index from 0
   */
  public record SweepStep(long index, long count) {}

  public Document {
    slo = List.copyOf(slo);
    intervals = List.copyOf(intervals);
    histograms = Map.copyOf(histograms);
    merged = List.copyOf(merged);
  }

  /** Whether the response time differs from the service time: it does where sends are planned. */
  public boolean isOpenLoop() {
    return askedRate != null;
  }
}
