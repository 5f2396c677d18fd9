package io.sounder.protocol.reply;

import java.nio.ByteBuffer;

/**
 * The time protocol of RFC 868: 4 bytes, big-endian, seconds since 1900-01-01 00:00 UTC, modulo
 * 2^32.
 */
public final class Rfc868Time implements Reply {
  /** The size of the answer, in bytes. */
  public static final int SIZE = 4;

  /** Seconds from 1900-01-01 to 1970-01-01 UTC, as RFC 868 gives them. */
  private static final long EPOCH_1970 = 2_208_988_800L;

  /** Seconds from one wrap of the 32 bits to the next; the first era ends on 2036-02-07. */
  private static final long ERA = 1L << 32;

  Rfc868Time() {}

  @Override
  public int length(ByteBuffer message, Exchange exchange) {
    return SIZE;
  }

  @Override
  public void write(ByteBuffer message, Exchange exchange, ByteSink out) {
    out.putInt(toWire(exchange.epochSecond()));
  }

  /** The 32 bits for a moment, given in seconds since 1970-01-01 UTC. */
  public static int toWire(long epochSecond) {
    return (int) (epochSecond + EPOCH_1970);
  }

  /**
   * The moment that 32 bits stand for, in seconds since 1970-01-01 UTC. Values below 2^31 are of
   * the era that begins in 2036, so that every moment from 1968 to 2104 is read as it was meant.
   */
  public static long toEpochSecond(int wire) {
    long seconds = Integer.toUnsignedLong(wire);
    return (seconds < ERA / 2 ? seconds + ERA : seconds) - EPOCH_1970;
  }
}
