package io.sounder.server.connection;

import io.sounder.protocol.endpoint.AccessList;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.Set;

/**
 * Whom a UDP socket never answers, because an answer could be abused: an echo service is the
 * textbook packet loop and reflector (CERT CA-1996-01, CVE-2024-2169). It belongs to the socket's
 * owner.
 */
public final class SourceGuard {
  /**
   * Services that answer whatever comes, above the privileged ports: SSDP, NFS, mDNS, memcached.
   */
  private static final BitSet REFLECTOR_PORTS = ports(1900, 2049, 5353, 11211);

  private static final int FIRST_UNPRIVILEGED_PORT = 1024;
  private static final int AMPLIFICATION_LIMIT = 3;
  private static final int HEADERS_V4 = 28; // IP and UDP headers, which travel too
  private static final int HEADERS_V6 = 48;

  private final AccessList access;
  private final BitSet ownPorts;
  private final Set<InetAddress> broadcastAddresses;
  private final boolean boundToLoopback;

  private InetSocketAddress lastSource;
  private DatagramDrop lastVerdict;
  private InetAddress lastHost;
  private DatagramDrop lastHostVerdict;

  /**
   * The guard of one socket.
   *
   * @param ownPorts all UDP ports of this server; may be filled until the first datagram arrives
   * @param broadcastAddresses those of this machine's interfaces
   */
  public SourceGuard(
      AccessList access,
      BitSet ownPorts,
      Set<InetAddress> broadcastAddresses,
      boolean boundToLoopback) {
    this.access = access;
    this.ownPorts = ownPorts;
    this.broadcastAddresses = broadcastAddresses;
    this.boundToLoopback = boundToLoopback;
  }

  /** Bits, since a set of numbers would make an object of each port that is looked up. */
  private static BitSet ports(int... ports) {
    BitSet bits = new BitSet();
    for (int port : ports) {
      bits.set(port);
    }
    return bits;
  }

  /** Why a source gets no reply, or null if it may have one. */
  public DatagramDrop refusal(InetSocketAddress source) {
    if (!source.equals(lastSource)) {
      lastVerdict = judge(source);
      lastSource = source;
    }
    return lastVerdict;
  }

  private DatagramDrop judge(InetSocketAddress source) {
    int port = source.getPort();
    if (port < FIRST_UNPRIVILEGED_PORT) {
      return DatagramDrop.PRIVILEGED_SOURCE_PORT;
    }
    if (ownPorts.get(port)) {
      return DatagramDrop.OWN_SOURCE_PORT;
    }
    if (REFLECTOR_PORTS.get(port)) {
      return DatagramDrop.REFLECTOR_SOURCE_PORT;
    }
    return hostVerdict(source.getAddress());
  }

  /** Remembered apart: hosts have many ports, and judging one takes a copy of its address. */
  private DatagramDrop hostVerdict(InetAddress host) {
    if (!host.equals(lastHost)) {
      lastHostVerdict = judge(host);
      lastHost = host;
    }
    return lastHostVerdict;
  }

  private DatagramDrop judge(InetAddress address) {
    if (address.isMulticastAddress() || address.isAnyLocalAddress() || isBroadcast(address)) {
      return DatagramDrop.SOURCE_ADDRESS;
    }
    if (address.isLoopbackAddress() && !boundToLoopback) {
      return DatagramDrop.LOOPBACK_SOURCE;
    }
    return access.allows(address.getAddress()) ? null : DatagramDrop.ACCESS;
  }

  private boolean isBroadcast(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean limited = bytes.length == 4 && (bytes[0] & bytes[1] & bytes[2] & bytes[3]) == -1;
    return limited || broadcastAddresses.contains(address);
  }

  /**
   * Whether a reply of so many bytes would make a spoofed source worth the while. Sockets on
   * loopback are exempt.
   */
  public boolean amplifies(InetSocketAddress source, int requestBytes, int replyBytes) {
    return amplifies(source, requestBytes, replyBytes, 1);
  }

  /** The same for a reply that is sent so many times. */
  public boolean amplifies(InetSocketAddress source, int requestBytes, int replyBytes, int copies) {
    int headers = source.getAddress() instanceof Inet4Address ? HEADERS_V4 : HEADERS_V6;
    return !boundToLoopback
        && copies * replyBytes > requestBytes
        && copies * (replyBytes + headers) > AMPLIFICATION_LIMIT * (requestBytes + headers);
  }
}
