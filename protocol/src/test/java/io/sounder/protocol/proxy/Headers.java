package io.sounder.protocol.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** PROXY headers as bytes, put together by hand. */
final class Headers {
  static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  private Headers() {}

  static byte[] text(String line) {
    return line.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * A header of version 2, with the length that its block has.
   *
   * @param versionAndCommand 0x21 for PROXY, 0x20 for LOCAL
   */
  static byte[] binary(int versionAndCommand, int family, byte[] block) {
    return announcing(versionAndCommand, family, block.length, block);
  }

  /** The same, with another length than it has. */
  static byte[] announcing(int versionAndCommand, int family, int length, byte[] block) {
    byte[] fixed = {(byte) versionAndCommand, (byte) family, (byte) (length >> 8), (byte) length};
    return concat(hex(SIGNATURE), fixed, block);
  }

  static byte[] extension(int type, byte[] value) {
    byte[] head = {(byte) type, (byte) (value.length >> 8), (byte) value.length};
    return concat(head, value);
  }

  /** The header with a checksum in its last four bytes, which are 0. */
  static byte[] withChecksum(byte[] header) {
    CRC32C sum = new CRC32C();
    sum.update(header);
    byte[] summed = header.clone();
    for (int i = 0; i < 4; i++) {
      summed[summed.length - 1 - i] = (byte) (sum.getValue() >> (8 * i));
    }
    return summed;
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
