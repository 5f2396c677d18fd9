package io.sounder.server.connection;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.server.guard.LoopBreaker;
import io.sounder.server.guard.OwnPorts;
import io.sounder.server.guard.ReplyLimits;
import io.sounder.server.guard.SourceKey;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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

  /** A forger can be caught as often as he likes; an operator need not hear of each time. */
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final AccessList access;
  private final OwnPorts ownPorts;
  private final Set<InetAddress> broadcastAddresses;
  private final boolean boundToLoopback;
  private final ReplyLimits limits; // null for none
  private final LoopBreaker loopBreaker; // null for none

  private int lastChanges = -1; // of our own ports, when the last source was judged
  private InetSocketAddress lastSource;
  private DatagramDrop lastVerdict;
  private InetAddress lastHost;
  private DatagramDrop lastHostVerdict;
  private long lastHostKey;
  private long lastHostNumber;
  private boolean mustTell;
  private boolean hasTold;
  private long toldNanos;

  /**
   * The guard of one socket.
   *
   * @param ownPorts all UDP ports of this server
   * @param broadcastAddresses those of this machine's interfaces
   * @param limits of all sockets of the listener; null for none
   * @param loopBreaker this socket's own; null for none
   */
  public SourceGuard(
      AccessList access,
      OwnPorts ownPorts,
      Set<InetAddress> broadcastAddresses,
      boolean boundToLoopback,
      ReplyLimits limits,
      LoopBreaker loopBreaker) {
    this.access = access;
    this.ownPorts = ownPorts;
    this.broadcastAddresses = broadcastAddresses;
    this.boundToLoopback = boundToLoopback;
    this.limits = limits;
    this.loopBreaker = loopBreaker;
  }

  /** A guard that does not count. */
  public SourceGuard(
      AccessList access,
      OwnPorts ownPorts,
      Set<InetAddress> broadcastAddresses,
      boolean boundToLoopback) {
    this(access, ownPorts, broadcastAddresses, boundToLoopback, null, null);
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
    int changes = ownPorts.changes();
    if (changes != lastChanges || !source.equals(lastSource)) {
      lastChanges = changes;
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
    if (ownPorts.contains(port)) {
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
      byte[] address = host.getAddress();
      lastHostVerdict = judge(host, address);
      lastHostKey = SourceKey.of(address);
      lastHostNumber = SourceKey.ofHost(address);
      lastHost = host;
    }
    return lastHostVerdict;
  }

  private DatagramDrop judge(InetAddress host, byte[] address) {
    if (host.isMulticastAddress() || host.isAnyLocalAddress() || isBroadcast(host, address)) {
      return DatagramDrop.SOURCE_ADDRESS;
    }
    if (host.isLoopbackAddress() && !boundToLoopback) {
      return DatagramDrop.LOOPBACK_SOURCE;
    }
    return access.allows(address) ? null : DatagramDrop.ACCESS;
  }

  private boolean isBroadcast(InetAddress host, byte[] address) {
    boolean limited =
        address.length == 4 && (address[0] & address[1] & address[2] & address[3]) == -1;
    return limited || broadcastAddresses.contains(host);
  }

  /** Whether {@link #loop} and {@link #overLimit} want to know the time. */
  public boolean counts() {
    return limits != null || loopBreaker != null;
  }

  /**
   * Whether a datagram looks like one of a packet loop. Its source is the one that was judged last,
   * and found good.
   *
   * @return LOOP, or null
   */
  public DatagramDrop loop(ByteBuffer payload, long nowNanos) {
    if (loopBreaker == null) {
      return null;
    }
    long source = SourceKey.ofPort(lastHostNumber, lastSource.getPort());
    return switch (loopBreaker.judge(source, payload, nowNanos)) {
      case FINE -> null;
      case QUARANTINED -> DatagramDrop.LOOP;
      case CAUGHT -> {
        onCaught(nowNanos);
        yield DatagramDrop.LOOP;
      }
    };
  }

  private void onCaught(long nowNanos) {
    if (!hasTold || nowNanos - toldNanos >= TELL_NANOS) {
      mustTell = true;
      hasTold = true;
      toldNanos = nowNanos;
    }
  }

  /** Whether an operator is to be told now that the last datagram was one of a loop. */
  public boolean mustTellOfLoop() {
    boolean must = mustTell;
    mustTell = false;
    return must;
  }

  /** Whether the source that was judged last may have no reply now; otherwise one is counted. */
  public DatagramDrop overLimit(long nowNanos) {
    if (limits == null) {
      return null;
    }
    return switch (limits.take(lastHostKey, nowNanos)) {
      case ALLOWED -> null;
      case SOURCE_EXCEEDED -> DatagramDrop.RATE_LIMIT;
      case TOTAL_EXCEEDED -> DatagramDrop.RATE_LIMIT_TOTAL;
    };
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
