package io.sounder.server.connection;

import io.sounder.protocol.proxy.ProxyHeader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Who really speaks to whom, by a proxy's word.
 *
 * @param peer who has connected to the proxy
 * @param local where that peer has connected to
 */
record ProxiedAddresses(SocketAddress peer, SocketAddress local) {
  private static final SocketAddress UNNAMED = UnixDomainSocketAddress.of("");

  /** What a header says; empty if it leaves the socket's own addresses to hold. */
  static Optional<ProxiedAddresses> of(ProxyHeader header) {
    return switch (header.family()) {
      case NONE -> Optional.empty();
      case UNIX -> Optional.of(new ProxiedAddresses(UNNAMED, UNNAMED));
      case INET ->
          Optional.of(
              new ProxiedAddresses(
                  inet(header.source(), header.sourcePort()),
                  inet(header.destination(), header.destinationPort())));
    };
  }

  /** An IPv4-mapped IPv6 address becomes the IPv4 address in it. */
  private static SocketAddress inet(byte[] address, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + address.length + " bytes", e);
    }
  }
}
