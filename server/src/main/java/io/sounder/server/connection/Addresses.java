package io.sounder.server.connection;

import io.sounder.protocol.endpoint.IpLiteral;
import io.sounder.protocol.reply.Placeholder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Addresses as placeholders and logs show them: {@code 1.2.3.4:5}, {@code [::1]:5}, or {@code
 * unix}.
 */
public final class Addresses {
  private static final String UNIX = "unix";

  private Addresses() {}

  public static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet)) {
      return UNIX;
    }
    String host = hostText(inet);
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + inet.getPort();
  }

  /** The host alone, an IPv6 address without brackets. */
  public static String hostText(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet)) {
      return UNIX;
    }
    InetAddress host = inet.getAddress();
    return host == null ? inet.getHostString() : IpLiteral.compressed(host.getHostAddress());
  }

  /** The port alone, or {@code unix}'s empty text. */
  static String portText(SocketAddress address) {
    return address instanceof InetSocketAddress inet ? Integer.toString(inet.getPort()) : "";
  }

  static byte[] value(
      Placeholder placeholder, SocketAddress peer, SocketAddress local, String hostName) {
    String text =
        switch (placeholder) {
          case PEER -> text(peer);
          case PEER_HOST -> hostText(peer);
          case PEER_PORT -> portText(peer);
          case LOCAL -> text(local);
          case LOCAL_HOST -> hostText(local);
          case LOCAL_PORT -> portText(local);
          case HOST -> hostName;
          case NUMBER -> throw new IllegalArgumentException("the number is not a value");
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
