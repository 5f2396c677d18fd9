package io.sounder.client.report;

import io.sounder.client.load.stats.ConnectionCounts;
import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Ledger;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.ExitCode;
import java.util.Map;

/**
 * What a load test found.
 *
 * @param settings the flags in force, by name, in the order in which they are shown
 * @param isStream whether the transport keeps the order of replies
 * @param isTimed whether requests have a latency: not if nobody answers
 * @param requestsAsked {@code --requests}, or 0
 * @param durationNanos of the measurement
 * @param measured requests sent after the warm-up
 * @param warmUp requests sent during it: verified, but in no statistics
 * @param oldestPendingNanos how long the oldest pending request has waited
 * @param cpuCores used by the client, on average; NaN where not known
 */
public record LoadResult(
    String target,
    Map<String, Object> settings,
    int connectionsAsked,
    boolean isStream,
    boolean isTimed,
    long requestsAsked,
    boolean interrupted,
    long durationNanos,
    Ledger measured,
    Ledger warmUp,
    ConnectionCounts connections,
    Latencies latencies,
    long oldestPendingNanos,
    double cpuCores,
    long gcPauseNanos) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Requests per second that were answered rightly. */
  public double achievedRate() {
    return durationNanos <= 0 ? 0 : measured.ok() * NANOS_PER_SECOND / durationNanos;
  }

  /** How many were to be sent. */
  public long planned() {
    return requestsAsked > 0 ? requestsAsked : measured.sent();
  }

  /** How many of those were not. */
  public long unsent() {
    return planned() - measured.sent();
  }

  /** Whether any reply was wrong, or there was too much of it, in the warm-up too. */
  public boolean hasWrongReplies() {
    boolean disordered = isStream && measured.reordered() + warmUp.reordered() > 0;
    return measured.hasWrongReplies()
        || warmUp.hasWrongReplies()
        || disordered
        || connections.errors().containsKey(ErrorClass.PROTOCOL);
  }

  /**
   * Whether anything failed on the way; a test without a single request did, whatever the reason.
   */
  public boolean hasFailures() {
    return measured.sent() == 0
        || measured.hasFailures()
        || warmUp.hasFailures()
        || !connections.errors().isEmpty();
  }

  /** {@code VALID} or {@code FAILED}. */
  public String verdict() {
    return hasWrongReplies() || hasFailures() ? "FAILED" : "VALID";
  }

  /** The exit code that this result calls for. */
  public int exitCode() {
    int code = interrupted ? ExitCode.INTERRUPTED : ExitCode.OK;
    if (hasWrongReplies()) {
      code = ExitCode.worst(code, ExitCode.VERIFICATION);
    }
    return hasFailures() ? ExitCode.worst(code, ExitCode.FAILED) : code;
  }
}
