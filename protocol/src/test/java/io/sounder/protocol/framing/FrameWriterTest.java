package io.sounder.protocol.framing;

import static io.sounder.protocol.framing.Framing.LENGTH;
import static io.sounder.protocol.framing.Framing.LENGTH_LE;
import static io.sounder.protocol.framing.Framing.LINE;
import static io.sounder.protocol.framing.Framing.RAW;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.framing.Decoder.Outcome;
import io.sounder.protocol.reply.BufferSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages as they go on the wire; replies have their own test, beside their framings. */
class FrameWriterTest {
  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of(RAW, "hello", "hello"),
        Arguments.of(RAW, "", ""),
        Arguments.of(LINE, "hello", "hello\n"),
        Arguments.of(LINE, "", "\n"),
        Arguments.of(LENGTH, "hello", "\0\0\0\5hello"),
        Arguments.of(LENGTH, "", "\0\0\0\0"),
        Arguments.of(LENGTH_LE, "hello", "\5\0\0\0hello"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void framesARequest(Framing framing, String message, String wire) {
    BufferSink out = new BufferSink(0);
    ByteBuffer bytes = ByteBuffer.wrap(message.getBytes(StandardCharsets.ISO_8859_1));
    new FrameWriter(framing).writeMessage(bytes, out);
    assertEquals(wire, new String(out.toByteArray(), StandardCharsets.ISO_8859_1));
    assertEquals(0, bytes.remaining());
  }

  @Test
  void writesTheHeaderThatPythonsStructMakesOf1234() {
    BufferSink out = new BufferSink(0);
    new FrameWriter(LENGTH_LE).writeHeader(1234, out);
    new FrameWriter(LENGTH).writeHeader(1234, out);
    new FrameWriter(RAW).writeHeader(1234, out);
    new FrameWriter(LINE).writeHeader(1234, out);
    assertArrayEquals(new byte[] {(byte) 0xd2, 4, 0, 0, 0, 0, 4, (byte) 0xd2}, out.toByteArray());
  }

  @ParameterizedTest
  @EnumSource
  void writesWhatItsDecoderReads(Framing framing) {
    Random random = new Random(4);
    BufferSink out = new BufferSink(0);
    Message message = new Message();
    for (int i = 0; i < 2_000; i++) {
      byte[] sent = new byte[1 + random.nextInt(300)];
      random.nextBytes(sent);
      for (int at = 0; framing == LINE && at < sent.length; at++) {
        sent[at] |= 1 << 6; // neither CR nor LF
      }
      out.clear();
      new FrameWriter(framing).writeMessage(ByteBuffer.wrap(sent), out);
      ByteBuffer wire = out.view();
      assertEquals(Outcome.MESSAGE, framing.newDecoder(300).decode(wire, message));
      assertEquals(0, wire.remaining());
      byte[] read = new byte[message.length()];
      out.view().get(message.start(), read);
      assertArrayEquals(sent, read);
    }
  }

  @Test
  void namesFramingsAsTheKeyDoes() {
    assertEquals("raw", RAW.text());
    assertEquals("length-le", LENGTH_LE.text());
  }
}
