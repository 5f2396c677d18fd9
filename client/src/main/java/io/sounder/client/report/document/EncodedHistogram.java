package io.sounder.client.report.document;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A histogram of nanoseconds in HdrHistogram's compressed encoding, version 2, as base64: 1 ns to
 * one hour, 3 significant digits. Kept encoded, since decoded it takes a hundred times the room.
 *
 * @param base64 may come from anywhere; {@link #decode} finds out whether it is right
 */
public record EncodedHistogram(String base64) {
  public static final long LOWEST_NANOS = 1;
  public static final long HIGHEST_NANOS = 3_600_000_000_000L;
  public static final int SIGNIFICANT_DIGITS = 3;

  private static final int COMPRESSED_COOKIE = 0x1c849304;
  private static final int COOKIE = 0x1c849303;
  private static final int WORD_SIZE_BITS = 0xf0; // of the cookie: of no meaning in version 2
  private static final int COMPRESSED_HEADER_BYTES = 8;
  private static final int HEADER_BYTES = 40;
  private static final int MAX_PAYLOAD_BYTES = 1 << 20; // three times what all buckets can take

  /** Nothing recorded yet, with the range that all have. */
  public static Histogram newHistogram() {
    return new Histogram(LOWEST_NANOS, HIGHEST_NANOS, SIGNIFICANT_DIGITS);
  }

  public static EncodedHistogram of(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    byte[] bytes = Arrays.copyOf(buffer.array(), length);
    return new EncodedHistogram(Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * The histogram, the caller's own. The header is looked at first, so that no encoding can ask for
   * more memory than a right one.
   *
   * @throws IllegalArgumentException saying what is wrong with the encoding
   */
  public Histogram decode() {
    byte[] bytes = Base64.getDecoder().decode(base64);
    try {
      checkHeader(bytes);
      Histogram histogram = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
      checkCounts(histogram);
      return histogram;
    } catch (DataFormatException | RuntimeException e) { // HdrHistogram has many of its own
      String why = e.getMessage() == null ? "it is cut off or damaged" : e.getMessage();
      throw new IllegalArgumentException(why, e);
    }
  }

  private static void checkHeader(byte[] bytes) throws DataFormatException {
    require(bytes.length > COMPRESSED_HEADER_BYTES, "it is cut off");
    ByteBuffer outer = ByteBuffer.wrap(bytes);
    require(isCookie(outer.getInt(), COMPRESSED_COOKIE), "its encoding is another one");
    require(outer.getInt() == outer.remaining(), "it is cut off");
    ByteBuffer header = ByteBuffer.wrap(inflate(outer, HEADER_BYTES));
    require(isCookie(header.getInt(), COOKIE), "its encoding is another one");
    int payloadBytes = header.getInt();
    require(payloadBytes >= 0 && payloadBytes <= MAX_PAYLOAD_BYTES, "it is too large");
    require(header.getInt() == 0, "its buckets are shifted");
    require(
        header.getInt() == SIGNIFICANT_DIGITS
            && header.getLong() == LOWEST_NANOS
            && header.getLong() == HIGHEST_NANOS
            && header.getDouble() == 1.0,
        "its range is not 1 ns to 1 h with 3 significant digits");
  }

  private static boolean isCookie(int value, int cookie) {
    return (value & ~WORD_SIZE_BITS) == cookie;
  }

  private static byte[] inflate(ByteBuffer compressed, int wanted) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      byte[] start = new byte[wanted];
      int got = 0;
      while (got < wanted) {
        int more = inflater.inflate(start, got, wanted - got);
        require(more > 0, "it is cut off");
        got += more;
      }
      return start;
    } finally {
      inflater.end();
    }
  }

  private static void checkCounts(Histogram histogram) {
    long total = 0;
    for (HistogramIterationValue value : histogram.recordedValues()) {
      total = Math.addExact(total, value.getCountAtValueIteratedTo());
    }
    require(total == histogram.getTotalCount(), "its counts do not add up");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
