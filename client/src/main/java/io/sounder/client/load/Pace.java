package io.sounder.client.load;

import io.sounder.client.load.rate.ArrivalProcess;
import io.sounder.client.load.rate.Arrivals;
import io.sounder.client.load.rate.RateProfile;

/**
 * The plan of an open loop: when requests are to be sent, shared out among event loops.
 *
 * @param seed of random arrivals
 */
public record Pace(RateProfile profile, ArrivalProcess process, long seed) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Requests per second in a measurement of this length, on average. */
  double asked(long durationNanos) {
    return profile.requestsBefore(durationNanos) * NANOS_PER_SECOND / durationNanos;
  }

  /**
   * A loop's share of the warm-up's requests, which come at the rate with which the test begins.
   */
  Arrivals warmUp(int shard, int shards) {
    return process.share(RateProfile.constant(profile.perSecondAt(0)), shard, shards, ~seed);
  }

  /** A loop's share of the measured requests. */
  Arrivals measured(int shard, int shards) {
    return process.share(profile, shard, shards, seed);
  }
}
