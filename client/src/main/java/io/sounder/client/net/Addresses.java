package io.sounder.client.net;

import io.sounder.protocol.endpoint.IpLiteral;
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
      String text =
          host == null ? inet.getHostString() : IpLiteral.compressed(host.getHostAddress());
      return (text.indexOf(':') >= 0 ? "[" + text + "]" : text) + ":" + inet.getPort();
    }
    boolean named =
        address instanceof UnixDomainSocketAddress unix && !unix.getPath().toString().isEmpty();
    return named ? address.toString() : "unix";
  }
}
