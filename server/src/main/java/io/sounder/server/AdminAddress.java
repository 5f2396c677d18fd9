package io.sounder.server;

import io.sounder.protocol.endpoint.EndpointException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where the admin page is asked for. */
final class AdminAddress {
  private AdminAddress() {}

  /**
   * Reads {@code HOST:PORT}, {@code [IPv6]:PORT} or {@code off}.
   *
   * @return null to do without
   * @throws EndpointException if it is none of these
   */
  static InetSocketAddress parse(String text) {
    if (text.equals("off")) {
      return null;
    }
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw new EndpointException("expected HOST:PORT, such as 127.0.0.1:8880, or off");
    }
    String host = text.substring(0, colon);
    try {
      return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(port));
    } catch (UnknownHostException e) {
      throw new EndpointException("host '" + host + "' is not known");
    }
  }
}
