package io.sounder.protocol.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Whatever arrives, the same messages are found in it however it is cut. The first byte of an input
 * says how long a message may be, the second how the rest is cut.
 */
class DecoderFuzzTest {
  @FuzzTest
  void findsTheSameLines(byte[] bytes) {
    decode(Framing.LINE, bytes);
  }

  @FuzzTest
  void findsTheSameFrames(byte[] bytes) {
    decode(Framing.LENGTH, bytes);
  }

  @FuzzTest
  void findsTheSameLittleEndianFrames(byte[] bytes) {
    decode(Framing.LENGTH_LE, bytes);
  }

  @FuzzTest
  void findsAllOfItWithoutFraming(byte[] bytes) {
    decode(Framing.RAW, bytes);
  }

  private static void decode(Framing framing, byte[] bytes) {
    if (bytes.length < 2) {
      return;
    }
    int maxFrameBytes = 1 + (bytes[0] & 0xff);
    Random cuts = new Random(bytes[1]);
    byte[] stream = Arrays.copyOfRange(bytes, 2, bytes.length);
    if (framing != Framing.RAW) { // where each cut makes a message
      List<String> whole =
          DecodedStream.of(framing.newDecoder(maxFrameBytes), stream, () -> stream.length);
      assertEquals(whole, DecodedStream.of(framing.newDecoder(maxFrameBytes), stream, () -> 1));
    }
    DecodedStream.of(framing.newDecoder(maxFrameBytes), stream, () -> 1 + cuts.nextInt(20));
    framing.newDecoder(maxFrameBytes).decodeDatagram(ByteBuffer.wrap(stream), new Message());
  }
}
