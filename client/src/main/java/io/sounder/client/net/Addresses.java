package io.sounder.client.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** Addresses as they are shown: {@code 1.2.3.4:5}, {@code [::1]:5}, or a socket's path. */
public final class Addresses {
  private Addresses() {}

  /** An address and port; a Unix socket's path, or {@code unix} where it has none. */
  public static String text(SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      InetAddress host = inet.getAddress();
      String text = host == null ? inet.getHostString() : compressed(host.getHostAddress());
      return (text.indexOf(':') >= 0 ? "[" + text + "]" : text) + ":" + inet.getPort();
    }
    boolean named =
        address instanceof UnixDomainSocketAddress unix && !unix.getPath().toString().isEmpty();
    return named ? address.toString() : "unix";
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
    String text =
        bestStart < 0
            ? String.join(":", groups)
            : join(groups, 0, bestStart)
                + "::"
                + join(groups, bestStart + bestLength, groups.length);
    return zone < 0 ? text : text + address.substring(zone);
  }

  private static String join(String[] groups, int from, int to) {
    return String.join(":", java.util.Arrays.asList(groups).subList(from, to));
  }
}
