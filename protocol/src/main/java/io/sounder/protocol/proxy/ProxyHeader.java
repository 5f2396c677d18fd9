package io.sounder.protocol.proxy;

/**
 * What a PROXY header says: who speaks to whom, as seen by the proxy. Addresses have 4 or 16 bytes;
 * those without any have none. Immutable.
 */
public final class ProxyHeader {
  /** What kind of addresses it has. */
  public enum Family {
    /**
     * None: the proxy speaks for itself ({@code LOCAL}), or cannot say for whom ({@code UNKNOWN},
     * {@code UNSPEC}). The socket's own addresses hold.
     */
    NONE,
    /** IPv4 or IPv6, with ports. */
    INET,
    /** A Unix socket on the proxy's machine, whose paths are not kept. */
    UNIX
  }

  /** A header without addresses. */
  public static final ProxyHeader WITHOUT_ADDRESSES = without(Family.NONE);

  /** A header for a peer on a Unix socket. */
  public static final ProxyHeader OF_UNIX_PEER = without(Family.UNIX);

  private final Family family;
  private final byte[] source;
  private final int sourcePort;
  private final byte[] destination;
  private final int destinationPort;

  private ProxyHeader(
      Family family, byte[] source, int sourcePort, byte[] destination, int destinationPort) {
    this.family = family;
    this.source = source;
    this.sourcePort = sourcePort;
    this.destination = destination;
    this.destinationPort = destinationPort;
  }

  private static ProxyHeader without(Family family) {
    return new ProxyHeader(family, new byte[0], 0, new byte[0], 0);
  }

  /** A header with addresses, both of 4 bytes or both of 16, and ports from 0 to 65535. */
  static ProxyHeader inet(byte[] source, int sourcePort, byte[] destination, int destinationPort) {
    return new ProxyHeader(Family.INET, source, sourcePort, destination, destinationPort);
  }

  public Family family() {
    return family;
  }

  /** The address of who has connected to the proxy; a copy. */
  public byte[] source() {
    return source.clone();
  }

  public int sourcePort() {
    return sourcePort;
  }

  /** The address to which that peer has connected; a copy. */
  public byte[] destination() {
    return destination.clone();
  }

  public int destinationPort() {
    return destinationPort;
  }
}
