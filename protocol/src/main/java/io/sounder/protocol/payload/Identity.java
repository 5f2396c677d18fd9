package io.sounder.protocol.payload;

import java.nio.ByteBuffer;

/**
 * What the first {@link #BYTES} bytes of a payload say: four words of hexadecimal digits. Digits 1
 * - 8: the run; 9 - 14: the connection; 15 - 24: the sequence number; 25 - 32: a checksum over
 * these, so that a damaged header is never taken for somebody else's.
 *
 * <p>One object serves for all payloads of a thread.
 */
public final class Identity {
  /** The size of a payload's header. */
  public static final int BYTES = 32;

  /** Connections are numbered from 0 to this. */
  public static final int MAX_CONNECTION = (1 << 24) - 1;

  /** Sequence numbers go from 0 to this: two months at 200,000 requests/s on one connection. */
  public static final long MAX_SEQUENCE = (1L << 40) - 1;

  private int run;
  private int connection;
  private long sequence;

  /**
   * Reads a header.
   *
   * @param index absolute; {@link #BYTES} bytes from there must be in the buffer
   * @return whether it is one: its checksum is right
   */
  public boolean read(ByteBuffer bytes, int index) {
    run = Words.fromHex(bytes.getLong(index));
    int upper = Words.fromHex(bytes.getLong(index + 8));
    int lower = Words.fromHex(bytes.getLong(index + 16));
    connection = upper >>> 8;
    sequence = (upper & 0xFFL) << 32 | (lower & 0xFFFF_FFFFL);
    return bytes.getLong(index) == Words.hex(run)
        && bytes.getLong(index + 8) == Words.hex(upper)
        && bytes.getLong(index + 16) == Words.hex(lower)
        && bytes.getLong(index + 24) == Words.hex(checksum(seed(run, connection, sequence)));
  }

  public int run() {
    return run;
  }

  public int connection() {
    return connection;
  }

  public long sequence() {
    return sequence;
  }

  /** What the filler of a payload and its checksum grow from. */
  static long seed(int run, int connection, long sequence) {
    long place = (long) connection << 40 | sequence;
    return Words.mix(Words.mix(run + Words.GOLDEN_GAMMA) ^ Words.mix(place + Words.GOLDEN_GAMMA));
  }

  static int checksum(long seed) {
    return (int) (Words.mix(seed ^ Words.GOLDEN_GAMMA) >>> 32);
  }

  /** A word of the header, from 0 to 3. */
  static long word(int index, int run, int connection, long sequence, long seed) {
    return switch (index) {
      case 0 -> Words.hex(run);
      case 1 -> Words.hex(connection << 8 | (int) (sequence >>> 32));
      case 2 -> Words.hex((int) sequence);
      case 3 -> Words.hex(checksum(seed));
      default -> throw new IllegalArgumentException("word " + index);
    };
  }
}
