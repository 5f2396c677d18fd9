package io.sounder.protocol.endpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Address literals, read without a name look-up: dotted IPv4, and IPv6 as RFC 4291 section 2.2
 * writes it.
 */
public final class IpLiteral {
  private static final int V6_GROUPS = 8;

  private IpLiteral() {}

  /**
   * The 4 or 16 bytes of an address literal (no brackets, no zone), or empty if the text is none.
   */
  public static Optional<byte[]> parse(String text) {
    return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text);
  }

  /** Whether the text is an IPv4 literal. */
  public static boolean isV4(String text) {
    return text.indexOf(':') < 0 && parseV4(text).isPresent();
  }

  /**
   * The IPv4 address inside an IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2); any other
   * address as it is.
   */
  public static byte[] unmapped(byte[] address) {
    if (address.length != 16 || address[10] != -1 || address[11] != -1) {
      return address;
    }
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return address;
      }
    }
    return new byte[] {address[12], address[13], address[14], address[15]};
  }

  private static Optional<byte[]> parseV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    byte[] address = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
        return Optional.empty();
      }
      address[i] = (byte) Integer.parseInt(parts[i]);
    }
    return Optional.of(address);
  }

  private static Optional<byte[]> parseV6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true).filter(all -> all.size() == V6_GROUPS).map(IpLiteral::toBytes);
    }
    Optional<List<Integer>> head = groups(text.substring(0, gap), false);
    Optional<List<Integer>> tail = groups(text.substring(gap + 2), true);
    if (head.isEmpty() || tail.isEmpty() || head.get().size() + tail.get().size() >= V6_GROUPS) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(head.get());
    while (all.size() + tail.get().size() < V6_GROUPS) {
      all.add(0);
    }
    all.addAll(tail.get());
    return Optional.of(toBytes(all));
  }

  /** The 16-bit groups of one side of a literal; only the last may be a dotted IPv4 address. */
  private static Optional<List<Integer>> groups(String text, boolean mayEndInV4) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(groups);
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      Optional<byte[]> v4 =
          mayEndInV4 && i == parts.length - 1 ? parseV4(parts[i]) : Optional.empty();
      if (v4.isPresent()) {
        byte[] b = v4.get();
        groups.add((b[0] & 0xff) << 8 | (b[1] & 0xff));
        groups.add((b[2] & 0xff) << 8 | (b[3] & 0xff));
      } else if (parts[i].matches("[0-9A-Fa-f]{1,4}")) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static byte[] toBytes(List<Integer> groups) {
    byte[] address = new byte[2 * V6_GROUPS];
    for (int i = 0; i < V6_GROUPS; i++) {
      address[2 * i] = (byte) (groups.get(i) >> 8);
      address[2 * i + 1] = (byte) (int) groups.get(i);
    }
    return address;
  }

  /**
   * An address as RFC 5952 writes it: the longest run of two or more zero groups is {@code ::}.
   * Java writes IPv6 addresses in full.
   *
   * @param address as {@code InetAddress.getHostAddress} gives it; IPv4 is left as it is
   */
  public static String compressed(String address) {
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
    return String.join(":", Arrays.asList(groups).subList(from, to));
  }
}
