package io.sounder.protocol.proxy;

import static io.sounder.protocol.proxy.Headers.announcing;
import static io.sounder.protocol.proxy.Headers.binary;
import static io.sounder.protocol.proxy.Headers.concat;
import static io.sounder.protocol.proxy.Headers.extension;
import static io.sounder.protocol.proxy.Headers.hex;
import static io.sounder.protocol.proxy.Headers.text;
import static io.sounder.protocol.proxy.Headers.withChecksum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.proxy.ProxyHeader.Family;
import io.sounder.protocol.proxy.ProxyHeaderReader.Outcome;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers of both versions, whole, in pieces, and wrong in every way that there is. */
class ProxyHeaderReaderTest {
  private static final int PROXY = 0x21;
  private static final int LOCAL = 0x20;
  private static final byte[] V4_BLOCK = hex("c0000201 cb007109 dc04 01bb");
  private static final byte[] V6_BLOCK =
      hex("20010db8000000000000000000000001 20010db8000000000000000000000009 dc04 01bb");
  private static final byte[] MAPPED_BLOCK =
      hex("00000000000000000000ffffc0000201 00000000000000000000ffffcb007109 dc04 01bb");
  private static final String V4 = "c0000201:56324 > cb007109:443";
  private static final String V6 =
      "20010db8000000000000000000000001:56324 > 20010db8000000000000000000000009:443";
  private static final String MAPPED =
      "00000000000000000000ffffc0000201:56324 > 00000000000000000000ffffcb007109:443";

  /** A header, and what it says: addresses, or the family of one that has none. */
  record Valid(String what, @SuppressWarnings("ArrayRecordComponent") byte[] bytes, String says) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Valid> valid() {
    byte[] checksum = extension(3, new byte[4]);
    return Stream.of(
        new Valid("v1 TCP4", text("PROXY TCP4 192.0.2.1 203.0.113.9 56324 443\r\n"), V4),
        new Valid("v1 TCP6", text("PROXY TCP6 2001:db8::1 2001:DB8::9 56324 443\r\n"), V6),
        new Valid(
            "v1 mapped",
            text("PROXY TCP6 ::ffff:192.0.2.1 ::ffff:203.0.113.9 56324 443\r\n"),
            MAPPED),
        new Valid(
            "v1 shortest TCP4",
            text("PROXY TCP4 1.1.1.1 2.2.2.2 0 1\r\n"),
            "01010101:0 > 02020202:1"),
        new Valid(
            "v1 shortest TCP6",
            text("PROXY TCP6 :: ::1 1 65535\r\n"),
            "0".repeat(32) + ":1 > " + "0".repeat(31) + "1:65535"),
        new Valid(
            "v1 longest TCP6",
            text(
                "PROXY TCP6 "
                    + "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
                    + "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"),
            "f".repeat(32) + ":65535 > " + "f".repeat(32) + ":65535"),
        new Valid("v1 UNKNOWN", text("PROXY UNKNOWN\r\n"), "NONE"),
        new Valid("v1 longest UNKNOWN", text("PROXY UNKNOWN " + "x".repeat(91) + "\r\n"), "NONE"),
        new Valid("v1 UNKNOWN TCP4", text("PROXY UNKNOWN 1.1.1.1 2.2.2.2 0 1\r\n"), "NONE"),
        new Valid("v2 IPv4", binary(PROXY, 0x11, V4_BLOCK), V4),
        new Valid("v2 IPv4 datagrams", binary(PROXY, 0x12, V4_BLOCK), V4),
        new Valid("v2 IPv6", binary(PROXY, 0x21, V6_BLOCK), V6),
        new Valid("v2 IPv6 datagrams", binary(PROXY, 0x22, V6_BLOCK), V6),
        new Valid("v2 mapped", binary(PROXY, 0x21, MAPPED_BLOCK), MAPPED),
        new Valid("v2 Unix", binary(PROXY, 0x31, new byte[216]), "UNIX"),
        new Valid("v2 Unix datagrams", binary(PROXY, 0x32, new byte[216]), "UNIX"),
        new Valid("v2 unspecified", binary(PROXY, 0x00, new byte[0]), "NONE"),
        new Valid("v2 unspecified, with more", binary(PROXY, 0x00, new byte[9]), "NONE"),
        new Valid("v2 LOCAL", binary(LOCAL, 0x00, new byte[0]), "NONE"),
        new Valid("v2 LOCAL, with addresses", binary(LOCAL, 0x11, V4_BLOCK), "NONE"),
        new Valid("v2 LOCAL, of any family", binary(LOCAL, 0xff, new byte[5]), "NONE"),
        new Valid(
            "v2 extensions",
            binary(
                PROXY,
                0x11,
                concat(
                    V4_BLOCK,
                    extension(4, new byte[0]),
                    extension(0xea, text("\0\r\nvpce-1")),
                    extension(0x20, new byte[700]))),
            V4),
        new Valid(
            "v2 checksum",
            withChecksum(
                binary(PROXY, 0x11, concat(V4_BLOCK, extension(4, new byte[3]), checksum))),
            V4),
        new Valid(
            "v2 longest",
            binary(PROXY, 0x11, concat(V4_BLOCK, extension(4, new byte[4096 - 12 - 3]))),
            V4));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void saysWhoSpeaksToWhom(Valid header) {
    ProxyHeaderReader reader = new ProxyHeaderReader();
    ByteBuffer bytes = ByteBuffer.wrap(header.bytes);
    assertEquals(Outcome.HEADER, reader.read(bytes), reader::problem);
    assertEquals(header.says, says(reader.header()));
    assertEquals(0, bytes.remaining());
  }

  @ParameterizedTest
  @MethodSource("valid")
  void leavesWhatFollowsInTheBuffer(Valid header) {
    for (String next : new String[] {"\r\n", "PROXY TCP4", "\r\n\r\n\0\r\nQUIT\n", "hello"}) {
      ByteBuffer bytes = ByteBuffer.wrap(concat(text("??"), header.bytes, text(next))).position(2);
      assertEquals(Outcome.HEADER, new ProxyHeaderReader().read(bytes));
      assertEquals(2 + header.bytes.length, bytes.position());
    }
  }

  /** Over a heap buffer and a direct one, as both are used. */
  @ParameterizedTest
  @MethodSource("valid")
  void waitsForTheRestWhereverItIsCut(Valid header) {
    for (int cut = 0; cut < header.bytes.length; cut++) {
      ProxyHeaderReader reader = new ProxyHeaderReader();
      ByteBuffer bytes = ByteBuffer.allocateDirect(header.bytes.length);
      bytes.put(header.bytes, 0, cut).flip();
      assertEquals(Outcome.INCOMPLETE, reader.read(bytes), () -> "cut: " + reader.problem());
      assertEquals(0, bytes.position());
      bytes.limit(bytes.capacity()).position(cut);
      bytes.put(header.bytes, cut, header.bytes.length - cut).flip();
      assertEquals(Outcome.HEADER, reader.read(bytes));
      assertEquals(header.says, says(reader.header()));
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void needsNeverMoreThanTheHeaderHasAndAlwaysMoreThanThereIs(Valid header) {
    for (int cut = 0; cut < header.bytes.length; cut++) {
      int needed = ProxyHeaderReader.bytesNeeded(ByteBuffer.wrap(header.bytes, 0, cut));
      assertTrue(needed > cut, needed + " at " + cut);
      assertTrue(needed <= header.bytes.length, needed + " at " + cut);
    }
  }

  @Test
  void readsAHeaderInFewSteps() {
    assertEquals(3, steps(binary(PROXY, 0x21, V6_BLOCK)));
    assertEquals(6, steps(text("PROXY TCP4 127.0.0.1 127.0.0.1 56324 8888\r\n")));
  }

  private static int steps(byte[] header) {
    int have = 0;
    int steps = 0;
    while (have < header.length) {
      have = ProxyHeaderReader.bytesNeeded(ByteBuffer.wrap(header, 0, have));
      steps++;
    }
    return steps;
  }

  /** What is no header, or must not be used, and from how many bytes on that is known. */
  record Malformed(
      String problem, @SuppressWarnings("ArrayRecordComponent") byte[] bytes, int known) {
    @Override
    public String toString() {
      return problem + ", after " + known + " of " + HexFormat.of().formatHex(bytes);
    }
  }

  static Stream<Malformed> malformed() {
    return Stream.of(textual(), fixed(), blocks()).flatMap(each -> each);
  }

  private static Stream<Malformed> textual() {
    return Stream.of(
        line("it begins like no PROXY header", "GET / HTTP/1.0\r\n", 1),
        line("it begins like no PROXY header", "\0", 1),
        line("it begins like no PROXY header", "\n", 1),
        line("it begins like no PROXY header", "proxy TCP4 1.1.1.1 2.2.2.2 1 1\r\n", 1),
        line("it begins like no PROXY header", "PROXY\tTCP4 1.1.1.1 2.2.2.2 1 1\r\n", 6),
        line("it begins like no PROXY header", "PROXY\r\n", 6),
        whole("a protocol that is not TCP4, TCP6 or UNKNOWN", "PROXY \r\n"),
        whole("a protocol that is not TCP4, TCP6 or UNKNOWN", "PROXY UDP4 1.1.1.1 2.2.2.2 1 1\r\n"),
        whole("a protocol that is not TCP4, TCP6 or UNKNOWN", "PROXY tcp4 1.1.1.1 2.2.2.2 1 1\r\n"),
        whole("a protocol that is not TCP4, TCP6 or UNKNOWN", "PROXY UNKNOWNS\r\n"),
        whole(
            "a protocol that is not TCP4, TCP6 or UNKNOWN", "PROXY  TCP4 1.1.1.1 2.2.2.2 1 1\r\n"),
        whole("not two addresses and two ports", "PROXY TCP4\r\n"),
        whole("not two addresses and two ports", "PROXY TCP4 1.1.1.1 2.2.2.2 1\r\n"),
        whole("not two addresses and two ports", "PROXY TCP4 1.1.1.1 2.2.2.2 1 1 \r\n"),
        whole("not two addresses and two ports", "PROXY TCP4 1.1.1.1 2.2.2.2 1 1 1\r\n"),
        whole("not two addresses and two ports", "PROXY TCP4 1.1.1.1  2.2.2.2 1 1\r\n"),
        whole("not an address of its family", "PROXY TCP4 1.1.1.256 2.2.2.2 1 1\r\n"),
        whole("not an address of its family", "PROXY TCP4 1.1.1.01 2.2.2.2 1 1\r\n"),
        whole("not an address of its family", "PROXY TCP4 1.1.1.1 example.org 1 1\r\n"),
        whole("not an address of its family", "PROXY TCP4 ::1 ::1 1 1\r\n"),
        whole("not an address of its family", "PROXY TCP6 1.1.1.1 2.2.2.2 1 1\r\n"),
        whole("not an address of its family", "PROXY TCP6 fe80::1%25eth0 ::1 1 1\r\n"),
        whole("not an address of its family", "PROXY TCP6 [::1] [::1] 1 1\r\n"),
        whole("not a port", "PROXY TCP4 1.1.1.1 2.2.2.2 65536 1\r\n"),
        whole("not a port", "PROXY TCP4 1.1.1.1 2.2.2.2 1 -1\r\n"),
        whole("not a port", "PROXY TCP4 1.1.1.1 2.2.2.2 01 1\r\n"),
        whole("not a port", "PROXY TCP4 1.1.1.1 2.2.2.2 1 http\r\n"),
        whole("not a port", "PROXY TCP4 1.1.1.1 2.2.2.2 1 \u00b9\r\n"),
        whole("LF without CR", "PROXY TCP4 1.1.1.1 2.2.2.2 1 1\n"),
        line("CR without LF", "PROXY UNKNOWN\r \r\n", 15),
        line("longer than 107 bytes", "PROXY UNKNOWN " + "x".repeat(92) + "\r\n", 107),
        line("longer than 107 bytes", "PROXY UNKNOWN " + "x".repeat(200), 107));
  }

  private static Stream<Malformed> fixed() {
    Stream<Malformed> signatures =
        IntStream.range(0, 12)
            .mapToObj(
                i -> {
                  byte[] header = binary(PROXY, 0x11, V4_BLOCK);
                  header[i] ^= 0x20;
                  return new Malformed("it begins like no PROXY header", header, i + 1);
                });
    Stream<Malformed> others =
        Stream.of(
            new Malformed("a version that is not 2", binary(0x11, 0x11, V4_BLOCK), 13),
            new Malformed("a version that is not 2", binary(0x31, 0x11, V4_BLOCK), 13),
            new Malformed("a version that is not 2", binary(0xf0, 0x11, V4_BLOCK), 13),
            new Malformed("a command that is not LOCAL or PROXY", binary(0x22, 0x11, V4_BLOCK), 13),
            new Malformed("a command that is not LOCAL or PROXY", binary(0x2f, 0x11, V4_BLOCK), 13),
            new Malformed("longer than 4096 bytes", announcing(PROXY, 0x11, 4097, V4_BLOCK), 16),
            new Malformed("longer than 4096 bytes", announcing(LOCAL, 0x00, 65535, V4_BLOCK), 16));
    Stream<Malformed> families =
        IntStream.of(0x01, 0x02, 0x10, 0x13, 0x20, 0x30, 0x33, 0x41, 0xff, 0x91)
            .mapToObj(
                family ->
                    new Malformed(
                        "an unknown address family", binary(PROXY, family, V4_BLOCK), 14));
    return Stream.of(signatures, others, families).flatMap(each -> each);
  }

  private static Stream<Malformed> blocks() {
    byte[] checksum = extension(3, new byte[4]);
    byte[] wrongSum = withChecksum(binary(PROXY, 0x11, concat(V4_BLOCK, checksum)));
    wrongSum[16] ^= 1;
    return Stream.of(
        block("too short for its addresses", binary(PROXY, 0x11, new byte[0])),
        block("too short for its addresses", binary(PROXY, 0x11, new byte[11])),
        block("too short for its addresses", binary(PROXY, 0x21, new byte[35])),
        block("too short for its addresses", binary(PROXY, 0x31, new byte[215])),
        block("an extension that is cut off", binary(PROXY, 0x11, concat(V4_BLOCK, hex("04")))),
        block("an extension that is cut off", binary(PROXY, 0x11, concat(V4_BLOCK, hex("0400")))),
        block(
            "an extension that is cut off",
            binary(PROXY, 0x11, concat(V4_BLOCK, hex("04000100 04ffff")))),
        block(
            "a checksum that is not one",
            binary(PROXY, 0x11, concat(V4_BLOCK, extension(3, new byte[3])))),
        block("a wrong checksum", binary(PROXY, 0x11, concat(V4_BLOCK, checksum))),
        block("a wrong checksum", wrongSum));
  }

  private static Malformed line(String problem, String text, int known) {
    return new Malformed(problem, text(text), known);
  }

  private static Malformed whole(String problem, String text) {
    return new Malformed(problem, text(text), text.length());
  }

  private static Malformed block(String problem, byte[] header) {
    return new Malformed(problem, header, header.length);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsMalformedAsSoonAsThatIsKnown(Malformed header) {
    for (int count = 0; count <= header.bytes.length; count++) {
      ProxyHeaderReader reader = new ProxyHeaderReader();
      ByteBuffer bytes = ByteBuffer.wrap(header.bytes, 0, count);
      Outcome outcome = reader.read(bytes);
      assertEquals(0, bytes.position(), "nothing is taken");
      if (count < header.known) {
        assertEquals(Outcome.INCOMPLETE, outcome, () -> reader.problem());
      } else {
        assertEquals(Outcome.MALFORMED, outcome, "with " + count);
        assertEquals(header.problem, reader.problem());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void neverNeedsMoreThanAHeaderMayHave(Malformed header) {
    for (int count = 0; count <= header.bytes.length; count++) {
      int needed = ProxyHeaderReader.bytesNeeded(ByteBuffer.wrap(header.bytes, 0, count));
      assertTrue(needed <= ProxyHeaderReader.MAX_HEADER_BYTES, needed + " at " + count);
    }
  }

  @Test
  void servesForOneHeaderAfterAnother() {
    ProxyHeaderReader reader = new ProxyHeaderReader();
    assertEquals(Outcome.MALFORMED, reader.read(ByteBuffer.wrap(text("x"))));
    assertFalse(reader.problem().isEmpty());
    assertEquals(Outcome.HEADER, reader.read(ByteBuffer.wrap(binary(PROXY, 0x11, V4_BLOCK))));
    assertEquals(V4, says(reader.header()));
    assertEquals("", reader.problem());
    assertEquals(Outcome.INCOMPLETE, reader.read(ByteBuffer.allocate(0)));
  }

  /** Any byte changed: it is read, waited for or refused, but never more than that. */
  @Test
  void survivesAnyChangeOfABytes() {
    Random random = new Random(7);
    Valid[] headers = valid().toArray(Valid[]::new);
    ProxyHeaderReader reader = new ProxyHeaderReader();
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = headers[random.nextInt(headers.length)].bytes.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(Math.min(120, bytes.length))] = (byte) random.nextInt(256);
      }
      int count = random.nextInt(bytes.length + 1);
      ByteBuffer some = ByteBuffer.wrap(bytes, 0, count);
      Outcome outcome = reader.read(some);
      assertEquals(outcome == Outcome.HEADER, some.position() > 0);
      int needed = ProxyHeaderReader.bytesNeeded(ByteBuffer.wrap(bytes, 0, count));
      assertTrue(outcome != Outcome.INCOMPLETE || needed > count, "round " + i);
    }
  }

  private static String says(ProxyHeader header) {
    if (header.family() != Family.INET) {
      return header.family().name();
    }
    HexFormat hex = HexFormat.of();
    return hex.formatHex(header.source())
        + ":"
        + header.sourcePort()
        + " > "
        + hex.formatHex(header.destination())
        + ":"
        + header.destinationPort();
  }
}
