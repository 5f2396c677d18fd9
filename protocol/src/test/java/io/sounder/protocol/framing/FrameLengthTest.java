package io.sounder.protocol.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sounder.protocol.framing.Decoder.Outcome;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A length is judged by its header alone, before anything is kept for it. */
class FrameLengthTest {
  private static final int MAX = 1 << 20;
  private static final int ROUNDS = 10_000;

  @ParameterizedTest
  @CsvSource({
    "-1, TOO_LONG",
    "-2147483648, TOO_LONG",
    "2147483647, TOO_LONG",
    "1048577, TOO_LONG",
    "1048576, INCOMPLETE",
    "1, INCOMPLETE",
    "0, MESSAGE"
  })
  void judgesALengthAsSoonAsTheHeaderIsThere(int length, Outcome outcome) {
    Message message = new Message();
    for (Framing framing : new Framing[] {Framing.LENGTH, Framing.LENGTH_LE}) {
      Decoder decoder = framing.newDecoder(MAX);
      ByteBuffer header = header(framing, length);
      for (int seen = 0; seen < 4; seen++) {
        assertEquals(Outcome.INCOMPLETE, decoder.decode(header.duplicate().limit(seen), message));
      }
      assertEquals(outcome, decoder.decode(header.duplicate(), message));
      if (outcome == Outcome.MESSAGE) {
        assertEquals(0, message.length());
      }
    }
  }

  @Test
  void letsTheLongestFrameThrough() {
    for (Framing framing : new Framing[] {Framing.LENGTH, Framing.LENGTH_LE}) {
      ByteBuffer frame = ByteBuffer.allocate(4 + MAX).put(header(framing, MAX)).rewind();
      Message message = new Message();
      assertEquals(Outcome.MESSAGE, framing.newDecoder(MAX).decode(frame, message));
      assertEquals(MAX, message.length());
      assertEquals(4, message.start());
    }
  }

  @Test
  void keepsNothingForWhatItRejects() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int[] lengths = {-1, 0, MAX, MAX + 1, Integer.MAX_VALUE, 0xFFFFFFFF, Integer.MIN_VALUE};
    Message message = new Message();
    ByteBuffer bytes = ByteBuffer.allocate(4);
    Decoder decoder = Framing.LENGTH.newDecoder(MAX);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int round = 0; round < ROUNDS; round++) {
      for (int length : lengths) {
        for (int size = 0; size <= 4; size++) {
          bytes.clear().putInt(0, length).limit(size);
          if (decoder.decode(bytes, message) != Outcome.MESSAGE) {
            decoder.finish(bytes, message);
          }
        }
      }
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 1 << 20, () -> allocated + " bytes were allocated");
  }

  private static ByteBuffer header(Framing framing, int length) {
    ByteBuffer header = ByteBuffer.allocate(4);
    header.order(framing == Framing.LENGTH ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    header.putInt(0, length);
    return header.order(ByteOrder.BIG_ENDIAN);
  }
}
