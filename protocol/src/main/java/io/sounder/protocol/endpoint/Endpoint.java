package io.sounder.protocol.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where a listener listens or a target is: a host and port, or a path.
 *
 * @param host a name or an address literal without brackets (zone as {@code fe80::1%eth0}); {@code
 *     ::} where a listener left it empty; empty for {@link Scheme#UNIX}
 * @param port 0 to 65535, where 0 lets the system choose; 0 for {@link Scheme#UNIX}
 * @param path the socket file; empty for all but {@link Scheme#UNIX}
 */
public record Endpoint(Scheme scheme, String host, int port, String path) {
  /** What every interface is called. */
  public static final String WILDCARD = "::";

  public Endpoint {
    Objects.requireNonNull(scheme);
    Objects.requireNonNull(host);
    Objects.requireNonNull(path);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  public static Endpoint inet(Scheme scheme, String host, int port) {
    return new Endpoint(scheme, host, port, "");
  }

  public static Endpoint unix(String path) {
    return new Endpoint(Scheme.UNIX, "", 0, path);
  }

  /** The same endpoint with the port that the system chose. */
  public Endpoint withPort(int actualPort) {
    return new Endpoint(scheme, host, actualPort, path);
  }

  /**
   * The endpoint in the grammar it is parsed from, without keys: {@code tcp://[::1]:8888}, {@code
   * unix:///run/s.sock}.
   */
  @Override
  public String toString() {
    if (!scheme.hasPort()) {
      return scheme.text() + "://" + encode(path);
    }
    String shownHost = host.indexOf(':') >= 0 ? "[" + encode(host) + "]" : encode(host);
    return scheme.text() + "://" + shownHost + ":" + port;
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (point == '%' || point == '?' || point < ' ' || point == 0x7f) {
                for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                  encoded.append(String.format("%%%02X", b));
                }
              } else {
                encoded.appendCodePoint(point);
              }
            });
    return encoded.toString();
  }
}
