package io.sounder.protocol.endpoint;

/**
 * Options of a socket. Null where nothing was asked for.
 *
 * @param nodelay on if null
 * @param keepalive on if null
 * @param receiveBufferBytes the system's if null
 * @param sendBufferBytes the system's if null
 * @param lingerSeconds SO_LINGER; -1 switches it off; the system's if null
 * @param reusePort whether other sockets may listen on the same port, and share what comes
 */
public record SocketSettings(
    Boolean nodelay,
    Boolean keepalive,
    Integer receiveBufferBytes,
    Integer sendBufferBytes,
    Integer lingerSeconds,
    boolean reusePort) {
  private static final int MAX_BUFFER_BYTES = 1 << 30;
  private static final long SECOND = 1_000_000_000L;
  private static final int MAX_LINGER_SECONDS = 65535;

  static SocketSettings read(Parameters parameters) {
    return new SocketSettings(
        parameters.onOff(Key.NODELAY),
        parameters.onOff(Key.KEEPALIVE),
        bufferBytes(parameters, Key.RCVBUF),
        bufferBytes(parameters, Key.SNDBUF),
        parameters.get(Key.LINGER, null, SocketSettings::lingerSeconds),
        Boolean.TRUE.equals(parameters.onOff(Key.REUSE_PORT)));
  }

  private static Integer bufferBytes(Parameters parameters, Key key) {
    return parameters.has(key)
        ? Integer.valueOf(parameters.sizeBytes(key, 0, 1, MAX_BUFFER_BYTES))
        : null;
  }

  private static Integer lingerSeconds(String text) {
    if (text.equals("off")) {
      return -1;
    }
    long nanos =
        Parameters.checked(
            text,
            Units::durationNanos,
            value -> value % SECOND == 0 && value / SECOND <= MAX_LINGER_SECONDS,
            "off, or whole seconds from 0s to " + MAX_LINGER_SECONDS + "s");
    return (int) (nanos / SECOND);
  }
}
