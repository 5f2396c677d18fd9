package io.sounder.protocol.proxy;

import io.sounder.protocol.endpoint.IpLiteral;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Version 1 (section 2.1): {@code PROXY TCP4 192.0.2.1 192.0.2.9 56324 443} and CR LF; or {@code
 * PROXY UNKNOWN}, after which anything may stand up to CR LF.
 */
final class TextHeader {
  /** With CR LF; room for two IPv6 addresses in full, or as long an UNKNOWN. */
  static final int MAX_BYTES = 107;

  /** {@code PROXY UNKNOWN} and CR LF. */
  static final int MIN_BYTES = 15;

  private static final byte[] BEGINNING = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final int FIELDS = 6; // PROXY, protocol, two addresses, two ports
  private static final int CR_LF_BYTES = 2;
  private static final int MAX_PORT = 65535;

  private TextHeader() {}

  /** The header, or null if it is not there whole; the position is then as it was. */
  static ProxyHeader parse(ByteBuffer bytes) {
    int start = bytes.position();
    for (int i = 0; i < Math.min(BEGINNING.length, bytes.remaining()); i++) {
      if (bytes.get(start + i) != BEGINNING[i]) {
        throw new MalformedHeaderException("it begins like no PROXY header");
      }
    }
    int end = endOfLine(bytes);
    if (end < 0) {
      return null;
    }
    ProxyHeader header = header(text(bytes, end).split(" ", -1));
    bytes.position(end + CR_LF_BYTES);
    return header;
  }

  /** Where the CR LF stands, or -1 if it may yet come. */
  private static int endOfLine(ByteBuffer bytes) {
    int start = bytes.position();
    int last = Math.min(bytes.limit(), start + MAX_BYTES) - 1;
    for (int i = start; i <= last; i++) {
      byte b = bytes.get(i);
      if (b == '\n') {
        throw new MalformedHeaderException("LF without CR");
      }
      if (b == '\r' && i < last) {
        if (bytes.get(i + 1) != '\n') {
          throw new MalformedHeaderException("CR without LF");
        }
        return i;
      }
    }
    if (last - start + 1 == MAX_BYTES) {
      throw new MalformedHeaderException("longer than " + MAX_BYTES + " bytes");
    }
    return -1;
  }

  /** Bytes as characters of the same number: what is not ASCII matches nothing. */
  private static String text(ByteBuffer bytes, int end) {
    byte[] copy = new byte[end - bytes.position()];
    bytes.get(bytes.position(), copy);
    return new String(copy, StandardCharsets.ISO_8859_1);
  }

  private static ProxyHeader header(String[] fields) {
    String protocol = fields[1];
    if (protocol.equals("UNKNOWN")) {
      return ProxyHeader.WITHOUT_ADDRESSES;
    }
    int addressBytes = addressBytes(protocol);
    if (addressBytes == 0) {
      throw new MalformedHeaderException("a protocol that is not TCP4, TCP6 or UNKNOWN");
    }
    if (fields.length != FIELDS) {
      throw new MalformedHeaderException("not two addresses and two ports");
    }
    return ProxyHeader.inet(
        address(fields[2], addressBytes),
        port(fields[4]),
        address(fields[3], addressBytes),
        port(fields[5]));
  }

  private static int addressBytes(String protocol) {
    return protocol.equals("TCP4") ? 4 : protocol.equals("TCP6") ? 16 : 0;
  }

  private static byte[] address(String text, int addressBytes) {
    return IpLiteral.parse(text)
        .filter(address -> address.length == addressBytes)
        .orElseThrow(() -> new MalformedHeaderException("not an address of its family"));
  }

  private static int port(String text) {
    if (!text.matches("0|[1-9][0-9]{0,4}") || Integer.parseInt(text) > MAX_PORT) {
      throw new MalformedHeaderException("not a port");
    }
    return Integer.parseInt(text);
  }

  /** A lower bound, by what of the line is still to come; there are {@link #MIN_BYTES} already. */
  static int bytesNeeded(ByteBuffer bytes) {
    String line = text(bytes, bytes.limit());
    int missing = line.endsWith("\r") ? 1 : missingBytes(line.split(" ", -1)) + CR_LF_BYTES;
    return Math.min(MAX_BYTES, line.length() + missing);
  }

  /** How many bytes before the CR LF are missing at least. */
  private static int missingBytes(String[] fields) {
    int shortestAddress =
        switch (fields.length > 1 ? fields[1] : "") {
          case "TCP4" -> "0.0.0.0".length();
          case "TCP6" -> "::".length();
          default -> 0;
        };
    if (shortestAddress == 0) {
      return 0; // anything may stand here, or it is malformed
    }
    int[] shortest = {0, 0, shortestAddress, shortestAddress, 1, 1};
    int current = fields.length - 1;
    int missing = 0;
    for (int i = current; i < FIELDS; i++) {
      missing += i == current ? Math.max(0, shortest[i] - fields[i].length()) : 1 + shortest[i];
    }
    return missing;
  }
}
