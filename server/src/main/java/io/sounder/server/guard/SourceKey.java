package io.sounder.server.guard;

/**
 * What limits tell sources apart by, as a number: an IPv4 address, or the first 64 bits of an IPv6
 * address. The second half of an IPv6 address is the host's own choice (RFC 4291, section 2.5.1),
 * so that whoever has one address has 2^64.
 */
public final class SourceKey {
  /** Puts IPv4 where IPv6 has nothing: 0:ffff::/32 is not assigned to anyone. */
  private static final long V4 = 0xffffL << 32;

  /** A source that has no address, such as a Unix socket's, where IPv6 has nothing either. */
  public static final long NONE = 0xfffeL << 32;

  /** One that a PROXY header has yet to name: until then nothing is counted for it. */
  public static final long UNKNOWN = NONE + 1;

  private static final int V4_BYTES = 4;
  private static final int MAPPED_V4_AT = 12;

  private SourceKey() {}

  /**
   * The key of an address of 4 or 16 bytes; an IPv4-mapped IPv6 address counts as the IPv4 address.
   */
  public static long of(byte[] address) {
    if (address.length == V4_BYTES) {
      return V4 | bits(address, 0, V4_BYTES);
    }
    long prefix = bits(address, 0, Long.BYTES);
    boolean mapped = prefix == 0 && bits(address, Long.BYTES, V4_BYTES) == 0xffffL;
    return mapped ? V4 | bits(address, MAPPED_V4_AT, V4_BYTES) : prefix;
  }

  /**
   * A number for a single address, for where each host counts by itself. Two have the same by
   * chance only.
   */
  public static long ofHost(byte[] address) {
    long number = address.length;
    for (byte b : address) {
      number = Mixing.mix(number ^ b);
    }
    return number;
  }

  /** A number for a port of such a host. */
  public static long ofPort(long host, int port) {
    return Mixing.mix(host ^ port);
  }

  private static long bits(byte[] bytes, int from, int count) {
    long bits = 0;
    for (int i = from; i < from + count; i++) {
      bits = bits << Byte.SIZE | (bytes[i] & 0xff);
    }
    return bits;
  }
}
