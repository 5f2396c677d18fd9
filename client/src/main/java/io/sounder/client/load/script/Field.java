package io.sounder.client.load.script;

import io.sounder.protocol.payload.RequestBits;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A placeholder. What it becomes is a pure function of the run and the request, so that the same
 * one becomes the same in a message and in what is expected back, and nothing has to be kept.
 *
 * @param text as it is written, with its braces
 * @param purpose tells the random bits of this placeholder from those of others
 * @param count how many characters it has; at least so many digits for a whole number
 * @param least the least whole number that it can be
 * @param span how many whole numbers it can be
 */
record Field(Kind kind, String text, long purpose, int count, long least, long span)
    implements Part {
  enum Kind {
    /** The request's number over the whole run. */
    NUMBER(null),
    /** The connection's number, from 1. */
    CONNECTION(null),
    /** A random whole number. */
    RANGE(null),
    /** Random letters and digits; no capitals, so that {@code OK...} cannot be among them. */
    LETTERS("0123456789abcdefghijklmnopqrstuvwxyz"),
    /** Random hexadecimal digits. */
    HEX("0123456789abcdef"),
    /** Random bytes, each of all 256. */
    BYTES(null);

    private final String alphabet; // null: the values themselves

    Kind(String alphabet) {
      this.alphabet = alphabet;
    }
  }

  private static final Pattern COUNTED = Pattern.compile("\\{(n|connection)(:[0-9]{1,2})?\\}");
  private static final Pattern RANDOM =
      Pattern.compile("\\{(random|hex|bytes):([0-9]{1,18})(-[0-9]{1,18})?(:[A-Za-z0-9_]+)?\\}");
  private static final Pattern NEARLY_ONE =
      Pattern.compile("\\{(n|connection)\\}|\\{(n|connection|random|hex|bytes):[^{}]{0,99}\\}?");

  private static final int MAX_COUNT = 64 << 10;
  private static final int MAX_DIGITS = 19;
  private static final int MAX_LEAST_DIGITS = 18;
  private static final int MAX_CONNECTION_DIGITS = 8; // of 2^24
  private static final int VALUES_PER_WORD = 4; // 16 bits each: 36 letters are alike to 1 in 1,800

  /**
   * The placeholder that stands at an index of a text, if one does.
   *
   * @throws IllegalArgumentException if it begins as one and is none
   */
  static Optional<Field> at(String text, int index) {
    Matcher nearly = NEARLY_ONE.matcher(text).region(index, text.length());
    if (!nearly.lookingAt()) {
      return Optional.empty();
    }
    Matcher counted = COUNTED.matcher(nearly.group());
    Matcher random = RANDOM.matcher(nearly.group());
    Field field = counted.matches() ? counted(counted) : random.matches() ? random(random) : null;
    if (field == null) {
      throw new IllegalArgumentException(
          "'"
              + nearly.group()
              + "' is no placeholder; allowed are {n} and {connection}, with leading zeros as {n:8},"
              + " {random:N}, {hex:N} and {bytes:N} with N from 1 to 65536, and {random:A-B} with A"
              + " not above B; random ones may have a name behind them, as {random:8:key} (at"
              + " character "
              + (index + 1)
              + "; a plain brace is \\x7b)");
    }
    return Optional.of(field);
  }

  private static Field counted(Matcher written) {
    boolean isNumber = written.group(1).equals("n");
    int digits = written.group(2) == null ? 0 : Integer.parseInt(written.group(2).substring(1));
    return digits > MAX_LEAST_DIGITS
        ? null
        : field(isNumber ? Kind.NUMBER : Kind.CONNECTION, written.group(), digits, 1, 0);
  }

  /** The field that was written, or null if its numbers are not allowed. */
  private static Field random(Matcher written) {
    String name = written.group(1);
    long first = Long.parseLong(written.group(2));
    if (written.group(3) != null) {
      long last = Long.parseLong(written.group(3).substring(1));
      boolean isRange = name.equals("random") && first <= last;
      return isRange ? field(Kind.RANGE, written.group(), 0, first, last - first + 1) : null;
    }
    if (first < 1 || first > MAX_COUNT) {
      return null;
    }
    Kind kind =
        switch (name) {
          case "random" -> Kind.LETTERS;
          case "hex" -> Kind.HEX;
          default -> Kind.BYTES;
        };
    return field(kind, written.group(), (int) first, 0, 0);
  }

  private static Field field(Kind kind, String text, int count, long least, long span) {
    return new Field(kind, text, purpose(text), count, least, span);
  }

  /** FNV-1a: texts that differ have purposes that differ, but for 1 in 2^64. */
  private static long purpose(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  /** Whether it is a whole number, which has as many digits as it needs. */
  boolean isDecimal() {
    return kind == Kind.NUMBER || kind == Kind.CONNECTION || kind == Kind.RANGE;
  }

  @Override
  public int maxBytes() {
    return switch (kind) {
      case NUMBER -> MAX_DIGITS;
      case CONNECTION -> Math.max(MAX_CONNECTION_DIGITS, count);
      case RANGE -> digits(least + span - 1);
      case LETTERS, HEX, BYTES -> count;
    };
  }

  @Override
  public void write(Numbering numbering, int connection, long sequence, ByteBuffer out) {
    switch (kind) {
      case NUMBER -> putDecimal(numbering.number(connection, sequence), out);
      case CONNECTION -> putDecimal(connection + 1L, out);
      case RANGE -> {
        long bits = RequestBits.word(numbering.run(), connection, sequence, purpose, 0);
        putDecimal(least + Long.remainderUnsigned(bits, span), out);
      }
      case LETTERS, HEX, BYTES -> putRandom(numbering.run(), connection, sequence, out);
    }
  }

  private void putRandom(int run, int connection, long sequence, ByteBuffer out) {
    String alphabet = kind.alphabet;
    long bits = 0;
    for (int i = 0; i < count; i++) {
      if (i % VALUES_PER_WORD == 0) {
        bits = RequestBits.word(run, connection, sequence, purpose, i / VALUES_PER_WORD);
      }
      int value = (int) bits & 0xFFFF;
      int index = alphabet == null ? 0 : (value * alphabet.length()) >>> 16;
      out.put((byte) (alphabet == null ? value : alphabet.charAt(index)));
      bits >>>= 16;
    }
  }

  private void putDecimal(long value, ByteBuffer out) {
    int digits = Math.max(digits(value), count);
    int end = out.position() + digits;
    long rest = value;
    for (int i = end - 1; i >= end - digits; i--) {
      out.put(i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    out.position(end);
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
