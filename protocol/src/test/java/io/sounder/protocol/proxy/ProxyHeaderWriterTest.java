package io.sounder.protocol.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sounder.protocol.endpoint.IpLiteral;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes are those of the specification, sections 2.1 and 2.2, worked out by hand. */
class ProxyHeaderWriterTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 56324, 192.0.2.9, 443, PROXY TCP4 192.0.2.1 192.0.2.9 56324 443",
    "0.0.0.0, 0, 255.255.255.255, 65535, PROXY TCP4 0.0.0.0 255.255.255.255 0 65535",
    "2001:db8::1, 1, ::1, 2, PROXY TCP6 2001:db8::1 ::1 1 2",
    "1:0:0:2:0:0:0:3, 1, ::, 2, PROXY TCP6 1:0:0:2::3 :: 1 2",
  })
  void versionOneIsALine(
      String source, int sourcePort, String destination, int destinationPort, String line) {
    byte[] header =
        ProxyHeaderWriter.V1.tcp(
            address(source), sourcePort, address(destination), destinationPort);

    assertEquals(line + "\r\n", new String(header, StandardCharsets.US_ASCII));
  }

  @Test
  void theLongestLineIsThatOfTheSpecification() {
    byte[] all = new byte[16];
    Arrays.fill(all, (byte) 0xff);

    assertEquals(104, ProxyHeaderWriter.V1.tcp(all, 65535, all, 65535).length);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 56324, 192.0.2.9, 443, 2111000cc0000201c0000209dc0401bb",
    "255.255.255.255, 65535, 0.0.0.0, 0, 2111000cffffffff00000000ffff0000",
    "2001:db8::1, 1, ::1, 2, "
        + "2121002420010db800000000000000000000000100000000000000000000000000000001"
        + "00010002",
  })
  void versionTwoIsBinary(
      String source, int sourcePort, String destination, int destinationPort, String hex) {
    byte[] header =
        ProxyHeaderWriter.V2.tcp(
            address(source), sourcePort, address(destination), destinationPort);

    assertEquals(SIGNATURE + hex, HexFormat.of().formatHex(header));
  }

  @Test
  void withoutAddressesItIsUnknownOrLocal() {
    assertEquals(
        "PROXY UNKNOWN\r\n",
        new String(ProxyHeaderWriter.V1.withoutAddresses(), StandardCharsets.US_ASCII));
    assertEquals(
        SIGNATURE + "20000000", HexFormat.of().formatHex(ProxyHeaderWriter.V2.withoutAddresses()));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 1, ::1, 2, addresses of 4 and 16 bytes",
    "192.0.2.1, -1, 192.0.2.1, 2, port -1",
    "192.0.2.1, 1, 192.0.2.1, 65536, port 65536",
  })
  void whatNoHeaderCanSayIsRefused(
      String source, int sourcePort, String destination, int destinationPort, String why) {
    for (ProxyHeaderWriter version : ProxyHeaderWriter.values()) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  version.tcp(address(source), sourcePort, address(destination), destinationPort));
      assertEquals(why, refusal.getMessage());
    }
  }

  private static byte[] address(String literal) {
    return IpLiteral.parse(literal).orElseThrow();
  }
}
