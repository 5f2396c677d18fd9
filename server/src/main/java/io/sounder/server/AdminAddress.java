package io.sounder.server;

import io.sounder.protocol.endpoint.EndpointException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where the admin page is asked for.
 *
 * @param address null to do without
 * @param explicit whether it was asked for; otherwise a taken port is no reason not to serve
 */
record AdminAddress(InetSocketAddress address, boolean explicit) {
  /**
   * Reads {@code HOST:PORT}, {@code [IPv6]:PORT} or {@code off}.
   *
   * @throws EndpointException if it is none of these, or not on loopback
   */
  static AdminAddress parse(String text, boolean explicit) {
    if (text.equals("off")) {
      return new AdminAddress(null, explicit);
    }
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw new EndpointException("expected HOST:PORT, such as 127.0.0.1:8880, or off");
    }
    try {
      InetAddress host = InetAddress.getByName(text.substring(0, colon));
      if (!host.isLoopbackAddress()) {
        throw new EndpointException("the admin port is for loopback only, such as 127.0.0.1:8880");
      }
      return new AdminAddress(new InetSocketAddress(host, Integer.parseInt(port)), explicit);
    } catch (UnknownHostException e) {
      throw new EndpointException("host '" + text.substring(0, colon) + "' is not known");
    }
  }
}
