package io.sounder.server;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.EndpointException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where the admin page is asked for.
 *
 * @param address null to do without
 * @param explicit whether it was asked for; otherwise a taken port is no reason not to serve
 * @param allowed who may ask
 */
record AdminAddress(InetSocketAddress address, boolean explicit, AccessList allowed) {
  /**
   * Reads {@code HOST:PORT}, {@code [IPv6]:PORT} or {@code off}.
   *
   * @param allowed who may ask; null where nothing was said, which is enough on loopback only
   * @throws EndpointException if it is none of these, or needs to be told who may ask
   */
  static AdminAddress parse(String text, boolean explicit, AccessList allowed) {
    if (text.equals("off")) {
      return new AdminAddress(null, explicit, AccessList.NONE);
    }
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw new EndpointException("expected HOST:PORT, such as 127.0.0.1:8880, or off");
    }
    try {
      InetAddress host = InetAddress.getByName(text.substring(0, colon));
      if (!host.isLoopbackAddress() && allowed == null) {
        throw new EndpointException(
            "beyond loopback it needs --admin-allow, since nobody is asked for a password;"
                + " write who may ask, such as --admin-allow 10.1.2.0/24, or stay on 127.0.0.1:8880");
      }
      return new AdminAddress(
          new InetSocketAddress(host, Integer.parseInt(port)),
          explicit,
          allowed == null ? AccessList.LOOPBACK : allowed);
    } catch (UnknownHostException e) {
      throw new EndpointException("host '" + text.substring(0, colon) + "' is not known");
    }
  }
}
