package io.sounder.client.report;

import io.sounder.client.load.slo.Measured;
import io.sounder.client.load.stats.ConnectionCounts;
import io.sounder.client.load.stats.Counts;
import io.sounder.client.load.stats.IntervalRow;
import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Ledger;
import io.sounder.client.load.stats.Timings;
import java.time.Instant;
import java.util.List;

/**
 * What a load test found.
 *
 * @param identity what was tested, and how
 * @param startedAt when the measurement began
 * @param planned how many requests were to be sent in the measurement
 * @param interrupted whether somebody ended it early
 * @param durationNanos of the measurement
 * @param intervals the course of the measurement
 * @param toLastReplyNanos from the beginning of the measurement, if that is after its end
 * @param connectingNanos from the first connect to the last of the first attempts
 */
public record LoadResult(
    RunIdentity identity,
    Instant startedAt,
    long planned,
    boolean interrupted,
    long durationNanos,
    long toLastReplyNanos,
    long connectingNanos,
    Counts counts,
    Timings timings,
    List<IntervalRow> intervals,
    SelfReport self) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Requests of the measurement. */
  public Ledger measured() {
    return counts.measured();
  }

  /** Requests of the warm-up: verified, but in no statistics. */
  public Ledger warmUp() {
    return counts.warmUp();
  }

  public ConnectionCounts connections() {
    return counts.connections();
  }

  /** Requests per second that were answered rightly. */
  public double achievedRate() {
    return durationNanos <= 0 ? 0 : measured().ok() * NANOS_PER_SECOND / durationNanos;
  }

  /** What an objective may ask for. */
  public Measured forObjective() {
    return new Measured(
        timings.response(),
        timings.service(),
        timings.connect(),
        timings.handshake(),
        planned,
        measured().sent(),
        measured().ok(),
        measured().lost(),
        identity.rateAsked(),
        achievedRate());
  }

  /**
   * The same for a search, where the rate counts up to the last reply, less the time that a reply
   * takes at least: a queue that built up shows that the rate was too high, a long way does not.
   */
  public Measured forSearch() {
    Measured measured = forObjective();
    Latencies service = timings.service();
    long shortest = service.count() == 0 ? 0 : service.minNanos();
    long queuedNanos = Math.max(durationNanos, toLastReplyNanos - shortest);
    double untilLast = queuedNanos <= 0 ? 0 : measured.ok() * NANOS_PER_SECOND / queuedNanos;
    return new Measured(
        measured.responseTimes(),
        measured.serviceTimes(),
        measured.connectTimes(),
        measured.handshakeTimes(),
        measured.planned(),
        measured.sent(),
        measured.ok(),
        measured.lost(),
        measured.askedPerSecond(),
        untilLast);
  }

  /** Whether it says more about this client than about the target. */
  public boolean isClientLimited() {
    return SelfReport.limit(timings, Style.PLAIN).isPresent();
  }

  /** How many of those planned were not sent. */
  public long unsent() {
    return planned - measured().sent();
  }
}
