package io.sounder.protocol.endpoint;

import java.util.List;

/**
 * How the system finds out that a silent peer is gone (RFC 9293, section 3.8.4). Does nothing where
 * {@code keepalive=off}.
 *
 * @param idleSeconds how long a connection is silent before the first probe
 * @param intervalSeconds how long an answer is awaited before the next
 * @param count how many probes may go unanswered
 * @param given whether any of this was asked for, or is the default
 */
public record KeepAlive(int idleSeconds, int intervalSeconds, int count, boolean given) {
  private static final long SECOND = 1_000_000_000L;
  private static final int MAX_SECONDS = 32_767; // what Linux takes
  private static final int MAX_COUNT = 127;
  private static final int DEFAULT_IDLE_SECONDS = 60;
  private static final int DEFAULT_INTERVAL_SECONDS = 10;
  private static final int DEFAULT_COUNT = 6;

  private static final List<Key> KEYS =
      List.of(Key.KEEPALIVE_IDLE, Key.KEEPALIVE_INTERVAL, Key.KEEPALIVE_COUNT);

  static KeepAlive read(Parameters parameters) {
    if (Boolean.FALSE.equals(parameters.onOff(Key.KEEPALIVE))) {
      KEYS.forEach(key -> parameters.refuse(key, "does not go with keepalive=off"));
    }
    return new KeepAlive(
        seconds(parameters, Key.KEEPALIVE_IDLE, DEFAULT_IDLE_SECONDS),
        seconds(parameters, Key.KEEPALIVE_INTERVAL, DEFAULT_INTERVAL_SECONDS),
        (int) parameters.count(Key.KEEPALIVE_COUNT, DEFAULT_COUNT, 1, MAX_COUNT),
        KEYS.stream().anyMatch(parameters::has));
  }

  private static int seconds(Parameters parameters, Key key, int defaultSeconds) {
    return parameters.get(key, defaultSeconds, KeepAlive::seconds);
  }

  private static Integer seconds(String text) {
    long nanos =
        Parameters.checked(
            text,
            Units::durationNanos,
            value -> value % SECOND == 0 && value >= SECOND && value / SECOND <= MAX_SECONDS,
            "whole seconds from 1s to " + MAX_SECONDS + "s");
    return (int) (nanos / SECOND);
  }
}
