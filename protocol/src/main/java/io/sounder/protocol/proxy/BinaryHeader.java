package io.sounder.protocol.proxy;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Version 2 (section 2.2): 16 bytes with signature, version, command, family and a length, then a
 * block of that length: addresses, and extensions as type, length and value. Of these only the
 * checksum is looked at.
 */
final class BinaryHeader {
  static final byte FIRST_BYTE = 0x0d;
  static final int FIXED_BYTES = 16;

  /**
   * Two Unix paths take 216 bytes; what is left is for extensions, of which TLS has the longest.
   */
  static final int MAX_BLOCK_BYTES = 4 << 10;

  private static final byte[] SIGNATURE = {
    FIRST_BYTE, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 'Q', 'U', 'I', 'T', 0x0a
  };
  private static final int VERSION = 2;
  private static final int LOCAL = 0;
  private static final int PROXY = 1;

  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int UNIX_PATHS_BYTES = 216;
  private static final int PORTS_BYTES = 4;

  private static final int EXTENSION_HEADER_BYTES = 3;
  private static final int CHECKSUM_TYPE = 3; // PP2_TYPE_CRC32C

  private BinaryHeader() {}

  /** The header, or null if it is not there whole; the position is then as it was. */
  static ProxyHeader parse(ByteBuffer bytes) {
    checkFixed(bytes);
    int size = bytesNeeded(bytes);
    if (bytes.remaining() < size) {
      return null;
    }
    ByteBuffer whole = bytes.slice(bytes.position(), size);
    ProxyHeader header = header(whole);
    bytes.position(bytes.position() + size);
    return header;
  }

  /** The 16 bytes, or as much more as they announce; never more than is let through. */
  static int bytesNeeded(ByteBuffer bytes) {
    return bytes.remaining() < FIXED_BYTES
        ? FIXED_BYTES
        : FIXED_BYTES + Math.min(MAX_BLOCK_BYTES, blockBytes(bytes));
  }

  private static int blockBytes(ByteBuffer bytes) {
    return Short.toUnsignedInt(bytes.getShort(bytes.position() + FIXED_BYTES - 2));
  }

  /** Judges what there is of the first 16 bytes, before anything is kept for the rest. */
  private static void checkFixed(ByteBuffer bytes) {
    int start = bytes.position();
    int count = bytes.remaining();
    for (int i = 0; i < Math.min(SIGNATURE.length, count); i++) {
      require(bytes.get(start + i) == SIGNATURE[i], "it begins like no PROXY header");
    }
    if (count > SIGNATURE.length) {
      int versionAndCommand = bytes.get(start + SIGNATURE.length);
      require((versionAndCommand >> 4 & 0xf) == VERSION, "a version that is not 2");
      int command = versionAndCommand & 0xf;
      require(command == LOCAL || command == PROXY, "a command that is not LOCAL or PROXY");
      if (command == PROXY && count > SIGNATURE.length + 1) {
        require(isFamily(bytes.get(start + SIGNATURE.length + 1)), "an unknown address family");
      }
    }
    if (count >= FIXED_BYTES) {
      require(blockBytes(bytes) <= MAX_BLOCK_BYTES, "longer than " + MAX_BLOCK_BYTES + " bytes");
    }
  }

  /** Unspecified; or IPv4, IPv6 or Unix, each as a stream or as datagrams. */
  private static boolean isFamily(byte family) {
    return switch (family) {
      case 0x00, 0x11, 0x12, 0x21, 0x22, 0x31, 0x32 -> true;
      default -> false;
    };
  }

  private static ProxyHeader header(ByteBuffer whole) {
    int command = whole.get(SIGNATURE.length) & 0xf;
    int family = whole.get(SIGNATURE.length + 1) >> 4;
    if (command == LOCAL || family == 0) {
      return ProxyHeader.WITHOUT_ADDRESSES; // and whatever else it says is to be skipped
    }
    whole.position(FIXED_BYTES);
    ProxyHeader header =
        switch (family) {
          case 1 -> inet(whole, V4_BYTES);
          case 2 -> inet(whole, V6_BYTES);
          default -> unix(whole);
        };
    checkExtensions(whole);
    return header;
  }

  private static ProxyHeader inet(ByteBuffer whole, int addressBytes) {
    requireAddresses(whole, 2 * addressBytes + PORTS_BYTES);
    byte[] source = new byte[addressBytes];
    byte[] destination = new byte[addressBytes];
    whole.get(source).get(destination);
    int sourcePort = Short.toUnsignedInt(whole.getShort());
    int destinationPort = Short.toUnsignedInt(whole.getShort());
    return ProxyHeader.inet(source, sourcePort, destination, destinationPort);
  }

  private static ProxyHeader unix(ByteBuffer whole) {
    requireAddresses(whole, UNIX_PATHS_BYTES);
    whole.position(whole.position() + UNIX_PATHS_BYTES);
    return ProxyHeader.OF_UNIX_PEER;
  }

  private static void requireAddresses(ByteBuffer whole, int count) {
    require(whole.remaining() >= count, "too short for its addresses");
  }

  private static void checkExtensions(ByteBuffer whole) {
    while (whole.hasRemaining()) {
      require(whole.remaining() >= EXTENSION_HEADER_BYTES, "an extension that is cut off");
      int type = whole.get();
      int length = Short.toUnsignedInt(whole.getShort());
      require(whole.remaining() >= length, "an extension that is cut off");
      if (type == CHECKSUM_TYPE) {
        require(length == Integer.BYTES, "a checksum that is not one");
        require(checksumWithout(whole) == whole.getInt(whole.position()), "a wrong checksum");
      }
      whole.position(whole.position() + length);
    }
  }

  /** Of the whole header, as if the checksum at the position were 0 (section 2.2.3). */
  private static int checksumWithout(ByteBuffer whole) {
    int at = whole.position();
    CRC32C sum = new CRC32C();
    sum.update(whole.slice(0, at));
    sum.update(new byte[Integer.BYTES]);
    sum.update(whole.slice(at + Integer.BYTES, whole.limit() - at - Integer.BYTES));
    return (int) sum.getValue();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new MalformedHeaderException(otherwise);
    }
  }
}
