package io.sounder.server.connection;

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
    return host == null ? inet.getHostString() : compressed(host.getHostAddress());
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

  /**
   * Java writes IPv6 addresses in full; RFC 5952 has the longest run of two or more zero groups
   * become {@code ::}.
   */
  private static String compressed(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    int zone = address.indexOf('%');
    String[] groups = (zone < 0 ? address : address.substring(0, zone)).split(":", -1);
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < groups.length; i++) {
      int length = 0;
      while (i + length < groups.length && groups[i + length].equals("0")) {
        length++;
      }
      if (length > bestLength) {
        bestStart = i;
        bestLength = length;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < groups.length; i++) {
      if (i == bestStart) {
        text.append("::");
        i += bestLength - 1;
      } else {
        text.append(text.length() == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":")
            .append(groups[i]);
      }
    }
    return zone < 0 ? text.toString() : text.append(address.substring(zone)).toString();
  }
}
