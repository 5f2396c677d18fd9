package io.sounder.protocol.proxy;

import io.sounder.protocol.endpoint.IpLiteral;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Writes the PROXY header that a connection begins with: version 1 as a line of text (section 2.1),
 * version 2 in binary (section 2.2), without extensions. Immutable; any thread.
 */
public enum ProxyHeaderWriter {
  V1 {
    @Override
    public byte[] withoutAddresses() {
      return ascii("PROXY UNKNOWN\r\n");
    }

    @Override
    byte[] ofSameLength(byte[] source, int sourcePort, byte[] destination, int destinationPort) {
      return ascii(
          String.format(
              Locale.ROOT,
              "PROXY %s %s %s %d %d\r\n",
              source.length == V4_BYTES ? "TCP4" : "TCP6",
              text(source),
              text(destination),
              sourcePort,
              destinationPort));
    }
  },
  V2 {
    @Override
    public byte[] withoutAddresses() {
      return header(VERSION_2_LOCAL, FAMILY_UNSPECIFIED, 0).array();
    }

    @Override
    byte[] ofSameLength(byte[] source, int sourcePort, byte[] destination, int destinationPort) {
      byte family = source.length == V4_BYTES ? FAMILY_TCP4 : FAMILY_TCP6;
      return header(VERSION_2_PROXY, family, source.length + destination.length + PORTS_BYTES)
          .put(source)
          .put(destination)
          .putShort((short) sourcePort)
          .putShort((short) destinationPort)
          .array();
    }
  };

  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int PORTS_BYTES = 4;
  private static final int MAX_PORT = 65535;
  private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
  private static final byte VERSION_2_LOCAL = 0x20;
  private static final byte VERSION_2_PROXY = 0x21;
  private static final byte FAMILY_UNSPECIFIED = 0x00;
  private static final byte FAMILY_TCP4 = 0x11;
  private static final byte FAMILY_TCP6 = 0x21;

  /**
   * The header of a connection whose addresses the protocol cannot carry: {@code PROXY UNKNOWN}, or
   * the command {@code LOCAL}. Whoever reads it takes the socket's own addresses.
   */
  public abstract byte[] withoutAddresses();

  abstract byte[] ofSameLength(
      byte[] source, int sourcePort, byte[] destination, int destinationPort);

  /**
   * The header of a TCP connection.
   *
   * @param source whom the connection is said to come from, 4 or 16 bytes
   * @param destination where it is said to go; of the same length
   * @throws IllegalArgumentException for other lengths, or a port that is not from 0 to 65535
   */
  public byte[] tcp(byte[] source, int sourcePort, byte[] destination, int destinationPort) {
    boolean known = source.length == V4_BYTES || source.length == V6_BYTES;
    if (!known || source.length != destination.length) {
      throw new IllegalArgumentException(
          "addresses of " + source.length + " and " + destination.length + " bytes");
    }
    checkPort(sourcePort);
    checkPort(destinationPort);
    return ofSameLength(source, sourcePort, destination, destinationPort);
  }

  private static void checkPort(int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  private static ByteBuffer header(byte versionAndCommand, byte family, int addressBytes) {
    return ByteBuffer.allocate(SIGNATURE.length + 4 + addressBytes)
        .put(SIGNATURE)
        .put(versionAndCommand)
        .put(family)
        .putShort((short) addressBytes);
  }

  private static String text(byte[] address) {
    StringBuilder text = new StringBuilder();
    if (address.length == V4_BYTES) {
      for (byte b : address) {
        text.append(text.isEmpty() ? "" : ".").append(Byte.toUnsignedInt(b));
      }
      return text.toString();
    }
    for (int i = 0; i < V6_BYTES; i += 2) {
      int group = Byte.toUnsignedInt(address[i]) << 8 | Byte.toUnsignedInt(address[i + 1]);
      text.append(i == 0 ? "" : ":").append(Integer.toHexString(group));
    }
    return IpLiteral.compressed(text.toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
