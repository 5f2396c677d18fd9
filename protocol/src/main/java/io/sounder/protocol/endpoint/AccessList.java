package io.sounder.protocol.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Who may use a listener: the keys {@code allow} and {@code deny}. Immutable. */
public final class AccessList {
  /** Nobody. */
  public static final AccessList NONE = new AccessList("", List.of());

  /** Everyone. */
  public static final AccessList ANY =
      new AccessList("any", List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")));

  /** This machine, by 127.0.0.0/8 and ::1. */
  public static final AccessList LOOPBACK =
      new AccessList("loopback", List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1")));

  /**
   * This machine, and addresses that are not routed on the internet (RFC 1918, RFC 4193,
   * link-local).
   */
  public static final AccessList PRIVATE =
      new AccessList(
          "private",
          List.of(
              Cidr.parse("127.0.0.0/8"),
              Cidr.parse("::1"),
              Cidr.parse("10.0.0.0/8"),
              Cidr.parse("172.16.0.0/12"),
              Cidr.parse("192.168.0.0/16"),
              Cidr.parse("169.254.0.0/16"),
              Cidr.parse("fc00::/7"),
              Cidr.parse("fe80::/10")));

  private static final Map<String, AccessList> NAMED =
      Map.of("any", ANY, "loopback", LOOPBACK, "private", PRIVATE);

  private final String text;
  private final List<Cidr> blocks;
  private final List<Cidr> exceptions;

  private AccessList(String text, List<Cidr> blocks) {
    this(text, blocks, List.of());
  }

  private AccessList(String text, List<Cidr> blocks, List<Cidr> exceptions) {
    this.text = text;
    this.blocks = blocks;
    this.exceptions = exceptions;
  }

  /**
   * Reads {@code any}, {@code loopback}, {@code private}, addresses and blocks, separated by
   * commas.
   *
   * @throws EndpointException if an entry is none of these
   */
  public static AccessList parse(String text) {
    return parse(text, entry -> entry);
  }

  /** The same, each entry decoded after the text was cut at its commas. */
  static AccessList parse(String text, UnaryOperator<String> decode) {
    List<Cidr> blocks = new ArrayList<>();
    for (String entry : text.split(",", -1)) {
      blocks.addAll(blocks(decode.apply(entry)));
    }
    return new AccessList(text, List.copyOf(blocks));
  }

  private static List<Cidr> blocks(String entry) {
    AccessList named = NAMED.get(entry);
    try {
      return named != null ? named.blocks : List.of(Cidr.parse(entry));
    } catch (EndpointException e) {
      throw new EndpointException(
          e.getMessage()
              + "; allowed are any, loopback, private, addresses, and blocks such as 10.0.0.0/8,"
              + " separated by commas");
    }
  }

  /** The same list without those who are on another, whatever this one says. */
  public AccessList except(AccessList denied) {
    return new AccessList(text, blocks, denied.blocks);
  }

  /** Whether it lets in all addresses of a family, as {@code any} does, but for exceptions. */
  public boolean isOpen() {
    return blocks.stream().anyMatch(Cidr::isWholeFamily);
  }

  /**
   * Whether a peer with this address (4 or 16 bytes) may; IPv4-mapped IPv6 addresses count as the
   * IPv4 address.
   */
  public boolean allows(byte[] address) {
    byte[] plain = IpLiteral.unmapped(address);
    return isIn(blocks, plain) && !isIn(exceptions, plain);
  }

  private static boolean isIn(List<Cidr> blocks, byte[] plain) {
    for (int i = 0; i < blocks.size(); i++) { // no iterator: this runs for each datagram
      if (blocks.get(i).contains(plain)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return text;
  }
}
