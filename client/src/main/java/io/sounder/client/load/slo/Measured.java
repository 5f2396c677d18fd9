package io.sounder.client.load.slo;

import io.sounder.client.load.stats.Latencies;

/**
 * What a test has measured, as far as an {@link Slo} asks for it.
 *
 * @param responseTimes from the planned moment
 * @param serviceTimes from the send
 * @param connectTimes how long connecting took
 * @param handshakeTimes how long TLS handshakes took after that
 * @param planned how many requests were to be sent; in a closed loop, how many were
 * @param sent of those
 * @param ok of those that were sent: how many got the right reply in time
 * @param lost of those that were sent, over UDP
 * @param askedPerSecond the planned rate; NaN in a closed loop
 * @param achievedPerSecond right replies per second
 */
public record Measured(
    Latencies responseTimes,
    Latencies serviceTimes,
    Latencies connectTimes,
    Latencies handshakeTimes,
    long planned,
    long sent,
    long ok,
    long lost,
    double askedPerSecond,
    double achievedPerSecond) {
  /** How many were sent and did not end well, those that still wait for their reply included. */
  public long errors() {
    return sent - ok;
  }
}
