package io.sounder.client.report;

import io.sounder.client.load.stats.ConnectionCounts;
import io.sounder.client.load.stats.Counts;
import io.sounder.client.load.stats.Ledger;
import io.sounder.client.load.stats.Timings;
import java.time.Instant;

/**
 * What a load test found.
 *
 * @param identity what was tested, and how
 * @param startedAt when the measurement began
 * @param planned how many requests were to be sent in the measurement
 * @param interrupted whether somebody ended it early
 * @param durationNanos of the measurement
 * @param connectingNanos from the first connect to the last of the first attempts
 */
public record LoadResult(
    RunIdentity identity,
    Instant startedAt,
    long planned,
    boolean interrupted,
    long durationNanos,
    long connectingNanos,
    Counts counts,
    Timings timings,
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

  /** How many of those planned were not sent. */
  public long unsent() {
    return planned - measured().sent();
  }
}
