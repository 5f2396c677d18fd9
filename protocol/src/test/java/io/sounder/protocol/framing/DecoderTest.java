package io.sounder.protocol.framing;

import static io.sounder.protocol.framing.Framing.LENGTH;
import static io.sounder.protocol.framing.Framing.LENGTH_LE;
import static io.sounder.protocol.framing.Framing.LINE;
import static io.sounder.protocol.framing.Framing.RAW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.framing.Decoder.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How streams and datagrams are cut. Messages are shown as {@code text|terminator}. */
class DecoderTest {
  private static final int MAX = 5;

  static Stream<Arguments> streams() {
    return Stream.of(
        stream(LINE, ""),
        stream(LINE, "a\n", "a|\n"),
        stream(LINE, "a\r\n", "a|\r\n"),
        stream(LINE, "\n", "|\n"),
        stream(LINE, "\r\n", "|\r\n"),
        stream(LINE, "a\r\r\n", "a\r|\r\n"),
        stream(LINE, "a\rb\n", "a\rb|\n"),
        stream(LINE, "a\nb\r\n\nc", "a|\n", "b|\r\n", "|\n", "c|"),
        stream(LINE, "a\r", "a\r|"),
        stream(LINE, "\u0000\u00ff\u0000\n", "\u0000\u00ff\u0000|\n"),
        stream(LINE, "\u00c0\u0080\n", "\u00c0\u0080|\n"),
        stream(LINE, "12345\n", "12345|\n"),
        stream(LINE, "12345\r\n", "12345|\r\n"),
        stream(LINE, "1234\r\r\n", "1234\r|\r\n"),
        stream(LINE, "12345\r\r\n", "TOO_LONG"),
        stream(LINE, "12345\rx\n", "TOO_LONG"),
        stream(LINE, "123456\n", "TOO_LONG"),
        stream(LINE, "123456\r\n", "TOO_LONG"),
        stream(LINE, "12345", "12345|"),
        stream(LINE, "12345\r", "TOO_LONG"),
        stream(LINE, "123456", "TOO_LONG"),
        stream(LINE, "a\n123456\nb\n", "a|\n", "TOO_LONG"),
        stream(LENGTH, ""),
        stream(LENGTH, "\0\0\0\0", "|"),
        stream(LENGTH, "\0\0\0\1a\0\0\0\2bc", "a|", "bc|"),
        stream(LENGTH, "\0\0\0\00512345\0\0\0\0", "12345|", "|"),
        stream(LENGTH, "\0\0\0\006123456", "TOO_LONG"),
        stream(LENGTH, "\0\0\0\1a\0\0\1\0", "a|", "TOO_LONG"),
        stream(LENGTH, "\0", "TRUNCATED"),
        stream(LENGTH, "\0\0\0", "TRUNCATED"),
        stream(LENGTH, "\0\0\0\1", "TRUNCATED"),
        stream(LENGTH, "\0\0\0\1a\0\0\0\3bc", "a|", "TRUNCATED"),
        stream(LENGTH_LE, "\0\0\0\0", "|"),
        stream(LENGTH_LE, "\1\0\0\0a\2\0\0\0bc", "a|", "bc|"),
        stream(LENGTH_LE, "\6\0\0\000123456", "TOO_LONG"),
        stream(LENGTH_LE, "\0\0\0\1", "TOO_LONG"),
        stream(LENGTH_LE, "\5\0\0\0001234", "TRUNCATED"));
  }

  private static Arguments stream(Framing framing, String bytes, String... decoded) {
    return Arguments.of(framing, bytes, List.of(decoded));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void cutsAStreamHoweverItArrives(Framing framing, String bytes, List<String> decoded) {
    assertEquals(decoded, DecodedStream.whole(framing.newDecoder(MAX), bytes));
    assertEquals(decoded, DecodedStream.byteByByte(framing.newDecoder(MAX), bytes));
  }

  @Test
  void takesEachReadForAMessageUnderRaw() {
    assertEquals(List.of("a\nb|"), DecodedStream.whole(RAW.newDecoder(1), "a\nb"));
    assertEquals(List.of("a|", "\n|", "b|"), DecodedStream.byteByByte(RAW.newDecoder(1), "a\nb"));
    assertEquals(List.of(), DecodedStream.whole(RAW.newDecoder(1), ""));
  }

  static Stream<Arguments> datagrams() {
    return Stream.of(
        datagram(RAW, "", "|"),
        datagram(RAW, "a\r\nb\n", "a\r\nb\n|"),
        datagram(RAW, "123456789", "123456789|"),
        datagram(LINE, "", "|"),
        datagram(LINE, "a", "a|"),
        datagram(LINE, "a\n", "a|\n"),
        datagram(LINE, "a\r\n", "a|\r\n"),
        datagram(LINE, "\n", "|\n"),
        datagram(LINE, "a\r", "a\r|"),
        datagram(LINE, "a\n\n", "a\n|\n"),
        datagram(LINE, "a\nb", "a\nb|"),
        datagram(LINE, "12345\r\n", "12345|\r\n"),
        datagram(LINE, "12345\r", "TOO_LONG"),
        datagram(LINE, "123456\n", "TOO_LONG"),
        datagram(LENGTH, "\0\0\0\0", "|"),
        datagram(LENGTH, "\0\0\0\00512345", "12345|"),
        datagram(LENGTH, "", "TRUNCATED"),
        datagram(LENGTH, "\0\0\0", "TRUNCATED"),
        datagram(LENGTH, "\0\0\0\2a", "TRUNCATED"),
        datagram(LENGTH, "\0\0\0\1ab", "TRUNCATED"),
        datagram(LENGTH, "\0\0\0\1a\0\0\0\1b", "TRUNCATED"),
        datagram(LENGTH, "\0\0\0\006123456", "TOO_LONG"),
        datagram(LENGTH_LE, "\1\0\0\0a", "a|"),
        datagram(LENGTH_LE, "\0\0\0\1a", "TOO_LONG"));
  }

  private static Arguments datagram(Framing framing, String bytes, String decoded) {
    return Arguments.of(framing, bytes, decoded);
  }

  @ParameterizedTest
  @MethodSource("datagrams")
  void readsADatagramAsOneMessage(Framing framing, String bytes, String decoded) {
    byte[] datagram = bytes.getBytes(StandardCharsets.ISO_8859_1);
    Message message = new Message();
    Outcome outcome = framing.newDecoder(MAX).decodeDatagram(ByteBuffer.wrap(datagram), message);
    String seen =
        outcome == Outcome.MESSAGE
            ? bytes.substring(message.start(), message.end())
                + "|"
                + bytes.substring(message.end(), message.frameEnd())
            : outcome.name();
    assertEquals(decoded, seen);
  }

  @Test
  void readsOneDatagramAfterTheOtherWithTheSameDecoder() {
    Decoder decoder = LINE.newDecoder(MAX);
    Message message = new Message();
    for (String datagram : List.of("abc", "123456", "de\n", "")) {
      ByteBuffer bytes = ByteBuffer.wrap(datagram.getBytes(StandardCharsets.US_ASCII));
      Outcome expected = datagram.length() > MAX ? Outcome.TOO_LONG : Outcome.MESSAGE;
      assertEquals(expected, decoder.decodeDatagram(bytes, message), datagram);
    }
  }

  @Test
  void doesNotLookAgainAtWhatItHasScanned() {
    Decoder decoder = LINE.newDecoder(1 << 20);
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16).limit(0);
    Message message = new Message();
    for (int i = 1; i < 1000; i++) {
      bytes.limit(i).put(i - 1, (byte) 'x');
      assertEquals(Outcome.INCOMPLETE, decoder.decode(bytes, message));
    }
    bytes.put(500, (byte) '\n'); // behind the decoder's back: only a second look would find it
    assertEquals(Outcome.INCOMPLETE, decoder.decode(bytes.limit(1000), message));
  }

  @Test
  void rejectsALineAsSoonAsItCannotFit() {
    Message message = new Message();
    ByteBuffer line = ByteBuffer.wrap("12345x".getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        Outcome.INCOMPLETE, LINE.newDecoder(MAX).decode(line.duplicate().limit(5), message));
    assertEquals(Outcome.TOO_LONG, LINE.newDecoder(MAX).decode(line.duplicate(), message));
    assertEquals(
        Outcome.INCOMPLETE, LINE.newDecoder(MAX).decode(line.put(5, (byte) '\r'), message));
  }

  @Test
  void saysHowManyBytesAFrameNeeds() {
    Decoder decoder = LENGTH.newDecoder(1000);
    assertEquals(4, decoder.bytesNeeded(ByteBuffer.wrap(new byte[] {0, 0})));
    assertEquals(1004, decoder.bytesNeeded(ByteBuffer.wrap(new byte[] {0, 0, 3, (byte) 0xe8})));
    assertEquals(1004, decoder.bytesNeeded(ByteBuffer.wrap(new byte[] {127, 0, 0, 0})));
    assertEquals(
        Integer.MAX_VALUE,
        LENGTH
            .newDecoder(Integer.MAX_VALUE)
            .bytesNeeded(ByteBuffer.wrap(new byte[] {-1, 0, 0, 0})));
  }
}
