package io.sounder.protocol.endpoint;

import java.util.Optional;

/**
 * How a listener protects itself, and others, from its peers. A source is an IPv4 address, or the
 * first 64 bits of an IPv6 address, since whoever has one of those has them all.
 *
 * @param denied who may not use it, whatever {@code allow} says
 * @param connectionsPerIp how many connections a source may have at once; {@link #OFF} for no limit
 * @param acceptsPerSecondPerIp how many connections a source may begin per second; {@link #OFF} for
 *     no limit
 * @param repliesPerSecondPerSource how many datagrams a source is answered per second; {@link
 *     #AUTO} where nothing was said, {@link #OFF} for no limit
 * @param repliesPerSecond how many datagrams all sources are answered per second; {@link #AUTO} and
 *     {@link #OFF} as above
 * @param loopBreaker whether a source that repeats itself as in a packet loop is left alone; empty
 *     where nothing was said
 */
public record Guards(
    AccessList denied,
    int connectionsPerIp,
    int acceptsPerSecondPerIp,
    int repliesPerSecondPerSource,
    int repliesPerSecond,
    Optional<Boolean> loopBreaker) {
  /** The value of a limit that is off. */
  public static final int OFF = 0;

  /** The value of a limit about which nothing was said. */
  public static final int AUTO = -1;

  private static final int MAX_PER_SECOND = 1_000_000; // each is a microsecond or more

  static Guards read(Parameters parameters) {
    return new Guards(
        parameters.raw(
            Key.DENY, AccessList.NONE, list -> AccessList.parse(list, PercentCode::toText)),
        offOrCount(parameters, Key.MAX_CONNECTIONS_PER_IP, OFF, Limits.MAX_CONNECTIONS),
        offOrCount(parameters, Key.ACCEPT_RATE_PER_IP, OFF, MAX_PER_SECOND),
        offOrCount(parameters, Key.RATE_LIMIT, AUTO, MAX_PER_SECOND),
        offOrCount(parameters, Key.RATE_LIMIT_TOTAL, AUTO, MAX_PER_SECOND),
        Optional.ofNullable(parameters.onOff(Key.LOOP_BREAKER)));
  }

  private static int offOrCount(Parameters parameters, Key key, int absent, int max) {
    return parameters.get(
        key, absent, text -> text.equals("off") ? Integer.valueOf(OFF) : count(text, max));
  }

  private static Integer count(String text, int max) {
    return (int)
        Parameters.checked(
            text, Units::count, count -> count >= 1 && count <= max, "off, or 1 to " + max);
  }
}
