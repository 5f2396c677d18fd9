package io.sounder.protocol.endpoint;

/**
 * A block of addresses of one family (RFC 4632; RFC 4291 section 2.3). A bare address is a block of
 * one. Of IPv4-mapped IPv6 addresses, it is a block of IPv4 addresses, since peers are un-mapped
 * too.
 */
final class Cidr {
  /** What stands before the IPv4 address in an IPv4-mapped IPv6 address. */
  private static final int MAPPED_PREFIX_BITS = 96;

  private final byte[] network;
  private final int prefixBits;

  private Cidr(byte[] network, int prefixBits) {
    this.network = network;
    this.prefixBits = prefixBits;
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a bare address.
   *
   * @throws EndpointException if it is none of these, or has bits set beyond its prefix
   */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] address =
        IpLiteral.parse(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(
                () -> new EndpointException("'" + text + "' is neither an address nor a block"));
    int bits = 8 * address.length;
    if (slash >= 0) {
      String prefix = text.substring(slash + 1);
      if (!prefix.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(prefix) > bits) {
        throw new EndpointException("'" + text + "' needs a prefix length from 0 to " + bits);
      }
      bits = Integer.parseInt(prefix);
    }
    for (int i = bits; i < 8 * address.length; i++) {
      if ((address[i / 8] & 0x80 >> i % 8) != 0) {
        throw new EndpointException("'" + text + "' has bits set beyond its prefix of " + bits);
      }
    }
    byte[] plain = IpLiteral.unmapped(address);
    boolean mapped = plain.length < address.length && bits >= MAPPED_PREFIX_BITS;
    return mapped ? new Cidr(plain, bits - MAPPED_PREFIX_BITS) : new Cidr(address, bits);
  }

  /** Whether all addresses of its family lie in this block. */
  boolean isWholeFamily() {
    return prefixBits == 0;
  }

  /** Whether the address, already un-mapped, lies in this block. */
  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int wholeBytes = prefixBits / 8;
    for (int i = 0; i < wholeBytes; i++) {
      if (address[i] != network[i]) {
        return false;
      }
    }
    int rest = prefixBits % 8;
    return rest == 0 || ((address[wholeBytes] ^ network[wholeBytes]) & 0xff00 >> rest & 0xff) == 0;
  }
}
