package io.sounder.protocol.endpoint;

import io.sounder.protocol.text.Spelling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An endpoint's text cut into its parts, nothing decoded but host and path: at the first {@code ?},
 * then at each {@code &}, then at the first {@code =}.
 *
 * @param port as written: a number or a service name; empty for {@link Scheme#UNIX}
 */
record EndpointUrl(
    String text, Scheme scheme, String host, String port, String path, List<Pair> pairs) {
  /** What the JDK leaves of the 108 bytes of a Unix socket's address (unix(7)). */
  private static final int MAX_PATH_BYTES = 106;

  /** A key and its value, the value not yet decoded. */
  record Pair(String key, String value) {}

  static EndpointUrl cut(String text) {
    int query = text.indexOf('?');
    String place = query < 0 ? text : text.substring(0, query);
    int separator = place.indexOf("://");
    if (separator < 0) {
      throw new EndpointException(
          "'"
              + text
              + "' is no endpoint; expected SCHEME://HOST:PORT, such as tcp://127.0.0.1:8888, or unix:///path");
    }
    Scheme scheme = scheme(text.substring(0, separator), text);
    String authority = place.substring(separator + 3);
    List<Pair> pairs = query < 0 ? List.of() : pairs(text.substring(query + 1), text);
    try {
      return scheme.hasPort()
          ? withHost(text, scheme, authority, pairs)
          : withPath(text, authority, pairs);
    } catch (EndpointException e) {
      throw new EndpointException(text + ": " + e.getMessage());
    }
  }

  private static Scheme scheme(String name, String text) {
    List<String> known = Arrays.stream(Scheme.values()).map(Scheme::text).toList();
    for (Scheme scheme : Scheme.values()) {
      if (scheme.text().equals(name)) {
        return scheme;
      }
    }
    throw new EndpointException(
        "'"
            + name
            + "' in "
            + text
            + " is no scheme"
            + Spelling.question(name.toLowerCase(Locale.ROOT), known)
            + "; known are tcp, tls, udp and unix");
  }

  private static EndpointUrl withPath(String text, String encodedPath, List<Pair> pairs) {
    String path = PercentCode.toText(encodedPath);
    if (!path.startsWith("/") || path.length() < 2) {
      throw new EndpointException(
          "a Unix socket needs an absolute path, such as unix:///run/sounder.sock");
    }
    if (path.indexOf('\0') >= 0) {
      throw new EndpointException("a path has no NUL in it");
    }
    int pathBytes = path.getBytes(StandardCharsets.UTF_8).length;
    if (pathBytes > MAX_PATH_BYTES) {
      throw new EndpointException(
          "a Unix socket path has at most "
              + MAX_PATH_BYTES
              + " bytes, and this one has "
              + pathBytes
              + "; choose a shorter one");
    }
    return new EndpointUrl(text, Scheme.UNIX, "", "", path, pairs);
  }

  private static EndpointUrl withHost(
      String text, Scheme scheme, String authority, List<Pair> pairs) {
    int colon = authority.lastIndexOf(':');
    boolean bracketed = authority.startsWith("[");
    int bracket = authority.indexOf(']');
    if (colon < 0 || (bracketed && colon < bracket)) {
      throw new EndpointException("no port; expected " + scheme.text() + "://HOST:PORT");
    }
    String host = authority.substring(0, colon);
    if (bracketed) {
      if (bracket != colon - 1) {
        throw new EndpointException("an IPv6 address is written [ADDRESS]:PORT");
      }
      host = v6Literal(PercentCode.toText(host.substring(1, bracket)));
    } else {
      host = PercentCode.toText(host);
      if (host.indexOf(':') >= 0) {
        throw new EndpointException("an IPv6 address stands in brackets, such as [::1]");
      }
      if (host.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "/@[]".indexOf(c) >= 0)) {
        throw new EndpointException("'" + host + "' is no host name");
      }
    }
    String port = PercentCode.toText(authority.substring(colon + 1));
    if (port.indexOf('/') >= 0) {
      throw new EndpointException(
          "'" + port + "' is no port; only ?key=value can follow a number or service name");
    }
    return new EndpointUrl(text, scheme, host, port, "", pairs);
  }

  private static String v6Literal(String host) {
    int zone = host.indexOf('%');
    String address = zone < 0 ? host : host.substring(0, zone);
    boolean emptyZone = zone >= 0 && zone == host.length() - 1;
    if (address.indexOf(':') < 0 || IpLiteral.parse(address).isEmpty() || emptyZone) {
      throw new EndpointException(
          "'" + host + "' is no IPv6 address (a zone is written [fe80::1%25eth0])");
    }
    return host;
  }

  private static List<Pair> pairs(String query, String text) {
    List<Pair> pairs = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new EndpointException(
            text + ": '" + pair + "' has no =; keys are written key=value, separated by &");
      }
      pairs.add(new Pair(pair.substring(0, equals), pair.substring(equals + 1)));
    }
    return pairs;
  }

  /**
   * The endpoint, its port looked up.
   *
   * @throws UnknownServiceException for a service name that nobody knows
   */
  Endpoint endpoint(ServiceNames services) {
    return scheme.hasPort()
        ? Endpoint.inet(scheme, host, portNumber(services))
        : Endpoint.unix(path);
  }

  private int portNumber(ServiceNames services) {
    if (port.isEmpty()) {
      throw new EndpointException(
          text + ": no port; expected a number from 0 to 65535 or a service name");
    }
    if (port.chars().allMatch(c -> c >= '0' && c <= '9')) {
      if (port.length() > 5 || Integer.parseInt(port) > 65535) {
        throw new EndpointException(
            text + ": port " + port + " is out of range; ports go from 0 to 65535");
      }
      return Integer.parseInt(port);
    }
    if (port.startsWith("-") || port.startsWith("+")) {
      throw new EndpointException(
          text + ": port " + port + " is out of range; ports go from 0 to 65535");
    }
    return services
        .port(port, scheme.servicesTransport())
        .orElseThrow(
            () ->
                new UnknownServiceException(
                    text
                        + ": couldn't find the port of service '"
                        + port
                        + "' for "
                        + scheme.servicesTransport()
                        + " in /etc/services or among the well-known ones; give a number"));
  }
}
