package io.sounder.protocol.endpoint;

import java.util.stream.LongStream;

/**
 * What a listener bounds. Time-outs are in nanoseconds, and 0 where they are off.
 *
 * @param maxConnections how many at once; {@link #AUTO} to share what the descriptor limit leaves
 * @param backlog the kernel's queue of connections not yet accepted
 * @param idleTimeoutNanos closed after so long without a byte either way
 * @param messageTimeoutNanos a message that has begun must be complete in that time, and a PROXY
 *     header that long after the connection was accepted
 * @param writeTimeoutNanos closed when a reply makes no progress for so long
 * @param halfCloseTimeoutNanos the same once the peer has ended its side
 */
public record Limits(
    int maxConnections,
    int backlog,
    long idleTimeoutNanos,
    long messageTimeoutNanos,
    long writeTimeoutNanos,
    long halfCloseTimeoutNanos) {
  /** The value of {@link #maxConnections} when none was given. */
  public static final int AUTO = 0;

  private static final long SECOND = 1_000_000_000L;
  static final int MAX_CONNECTIONS = 100_000_000;
  private static final int DEFAULT_BACKLOG = 4096;
  private static final int MAX_BACKLOG = 1 << 20;

  static Limits read(Parameters parameters) {
    return new Limits(
        parameters.get(
            Key.MAX_CONNECTIONS, AUTO, text -> text.equals("auto") ? AUTO : maxConnections(text)),
        (int) parameters.count(Key.BACKLOG, DEFAULT_BACKLOG, 1, MAX_BACKLOG),
        parameters.timeoutNanos(Key.IDLE_TIMEOUT, 300 * SECOND),
        parameters.timeoutNanos(Key.MESSAGE_TIMEOUT, 30 * SECOND),
        parameters.timeoutNanos(Key.WRITE_TIMEOUT, 60 * SECOND),
        parameters.timeoutNanos(Key.HALF_CLOSE_TIMEOUT, 30 * SECOND));
  }

  /** The shortest of the time-outs, in nanoseconds; very long if all are off. */
  public long shortestTimeoutNanos() {
    return LongStream.of(
            idleTimeoutNanos, messageTimeoutNanos, writeTimeoutNanos, halfCloseTimeoutNanos)
        .filter(nanos -> nanos > 0)
        .min()
        .orElse(Long.MAX_VALUE / 4);
  }

  private static int maxConnections(String text) {
    return (int)
        Parameters.checked(
            text,
            Units::count,
            count -> count >= 1 && count <= MAX_CONNECTIONS,
            "auto, or 1 to " + MAX_CONNECTIONS);
  }
}
