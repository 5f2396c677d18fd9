package io.sounder.client.report;

import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Timings;
import java.util.Optional;

/**
 * What the client says about itself: what it used, and whether it was the limit.
 *
 * @param cpuCores used on average; NaN where not known
 * @param gcPauseNanos for how long the garbage collector stopped all threads
 * @param gcLongestPauseNanos the longest of those stops
 * @param sendBufferFullNanos for how long requests waited for room in a socket, over all sockets
 * @param udpReceiveBufferErrors datagrams that this machine dropped for lack of room, whoever they
 *     were for; -1 where not known
 */
public record SelfReport(
    double cpuCores,
    long gcPauseNanos,
    long gcLongestPauseNanos,
    long sendBufferFullNanos,
    long udpReceiveBufferErrors) {
  /** A lag that is smaller than this is not worth a word, whatever the latencies are. */
  static final long TOLERATED_LAG_NANOS = 1_000_000L;

  /** A single hiccup says nothing, though among few requests it is the 99th percentile. */
  static final int LEAST_LATE = 3;

  /** A lag that is a smaller part of the response time than this changes no conclusion. */
  static final double TOLERATED_SHARE = 0.1;

  /**
   * Why the result says more about this client than about the target: in an open loop, if requests
   * that could have been sent were sent so late that it shows.
   */
  static Optional<String> limit(Timings timings, Style style) {
    Latencies lag = timings.sendLag();
    if (lag.count() == 0) {
      return Optional.empty();
    }
    long p99 = lag.percentileNanos(99);
    boolean shows = p99 > timings.response().percentileNanos(99) * TOLERATED_SHARE;
    boolean repeated = lag.countBetween(TOLERATED_LAG_NANOS, Latencies.HIGHEST_NANOS) >= LEAST_LATE;
    return p99 > TOLERATED_LAG_NANOS && shows && repeated
        ? Optional.of("p99 send lag " + style.fit(Quantities.duration(p99)))
        : Optional.empty();
  }
}
