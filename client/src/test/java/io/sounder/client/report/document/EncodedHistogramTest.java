package io.sounder.client.report.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EncodedHistogramTest {
  @Test
  void whatWasEncodedDecodesToTheSame() {
    Histogram histogram = sample();
    assertEquals(histogram, EncodedHistogram.of(histogram).decode());
  }

  @Test
  void nothingDecodesToNothing() {
    Histogram none = EncodedHistogram.of(EncodedHistogram.newHistogram()).decode();
    assertEquals(0, none.getTotalCount());
  }

  @Test
  void everyCutIsSeen() {
    byte[] whole = bytes(sample());
    for (int length = 0; length < whole.length; length += 7) {
      refuses(Arrays.copyOf(whole, length));
    }
  }

  @Test
  @Timeout(60)
  void damageIsEitherSeenOrHarmless() {
    byte[] whole = bytes(sample());
    Random random = new Random(5);
    int seen = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        EncodedHistogram encoded =
            new EncodedHistogram(Base64.getEncoder().encodeToString(damaged));
        assertTrue(encoded.decode().getTotalCount() >= 0);
      } catch (IllegalArgumentException expected) {
        seen++;
      }
    }
    assertTrue(seen > 1000, seen + " of 2000 were seen");
  }

  @Test
  void aRangeThatWouldTakeMuchMemoryIsRefused() {
    Histogram wide = new Histogram(1, Long.MAX_VALUE / 2, 5);
    wide.recordValue(7);
    IllegalArgumentException refused = refuses(bytes(wide));
    assertTrue(refused.getMessage().contains("range"), refused.getMessage());
  }

  @Test
  void whatIsNoHistogramIsRefused() {
    refuses(new byte[0]);
    refuses("a text that is no histogram at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThrows(
        IllegalArgumentException.class, () -> new EncodedHistogram("not base64!").decode());
  }

  private static IllegalArgumentException refuses(byte[] bytes) {
    EncodedHistogram encoded = new EncodedHistogram(Base64.getEncoder().encodeToString(bytes));
    return assertThrows(IllegalArgumentException.class, encoded::decode);
  }

  private static byte[] bytes(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Arrays.copyOf(buffer.array(), length);
  }

  private static Histogram sample() {
    Histogram histogram = EncodedHistogram.newHistogram();
    Random random = new Random(3);
    for (int i = 0; i < 50_000; i++) {
      histogram.recordValue((long) (50_000 * Math.exp(random.nextGaussian())));
    }
    histogram.recordValue(0);
    histogram.recordValue(EncodedHistogram.HIGHEST_NANOS);
    return histogram;
  }
}
