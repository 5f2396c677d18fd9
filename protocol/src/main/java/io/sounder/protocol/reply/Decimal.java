package io.sounder.protocol.reply;

/** Whole numbers as decimal ASCII, without making a string. */
final class Decimal {
  private Decimal() {}

  /** How many characters {@link #write} puts for a value that is not negative. */
  static int length(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  static void write(long value, ByteSink out) {
    long divisor = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      out.put((byte) ('0' + value / divisor % 10));
    }
  }
}
