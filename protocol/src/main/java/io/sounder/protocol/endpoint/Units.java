package io.sounder.protocol.endpoint;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one parser for quantities with units: durations, sizes and counts, on the command line and in
 * endpoints.
 */
public final class Units {
  private static final Pattern QUANTITY =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)([A-Za-zµ]*)");
  private static final int MAX_TEXT = 40; // longer than any quantity that fits 64 bits

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private static final Map<String, Long> NANOS_PER_UNIT =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);
  private static final Map<String, Long> BYTES_PER_UNIT =
      Map.of(
          "", 1L,
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30);
  private static final Map<String, Long> ONES_PER_UNIT =
      Map.of("", 1L, "k", 1_000L, "M", 1_000_000L);

  private Units() {}

  /**
   * A duration such as {@code 1.5s}, in nanoseconds, rounded to whole ones. Units are ns, us, ms,
   * s, m and h; only {@code 0} needs none.
   *
   * @throws EndpointException if the text is no duration, or longer than 64 bits of nanoseconds
   *     (292 years)
   */
  public static long durationNanos(String text) {
    if (text.equals("0")) {
      return 0;
    }
    return quantity(
        text,
        "a duration with a unit (ns, us, ms, s, m or h), such as 1.5s",
        NANOS_PER_UNIT,
        false);
  }

  /**
   * A size such as {@code 64KiB}, in bytes. Units are B, KB = 1000, KiB = 1024, and so on to GB and
   * GiB; none means bytes.
   *
   * @throws EndpointException if the text is no size, no whole number of bytes, or too large for 64
   *     bits
   */
  public static long sizeBytes(String text) {
    return quantity(
        text,
        "a size in bytes, or with a unit (B, KB, KiB, MB, MiB, GB or GiB), such as 64KiB",
        BYTES_PER_UNIT,
        true);
  }

  /**
   * A count such as {@code 10000} or {@code 10k} ({@code k} = 1000, {@code M} = 1000000).
   *
   * @throws EndpointException if the text is no whole number, or too large for 64 bits
   */
  public static long count(String text) {
    return quantity(text, "a whole number, such as 500 or 10k", ONES_PER_UNIT, true);
  }

  /**
   * A rate in bytes per second, such as {@code 1KB/s}: a size, and {@code /s} behind it.
   *
   * @throws EndpointException if the text is no such rate, or too large for 64 bits
   */
  public static long bytesPerSecond(String text) {
    String expected = "a rate in bytes per second, such as 1KB/s";
    if (!text.endsWith("/s")) {
      throw new EndpointException("'" + abridged(text) + "' is not " + expected);
    }
    return quantity(text.substring(0, text.length() - 2), expected, BYTES_PER_UNIT, true);
  }

  /**
   * A number of percent such as {@code 0.1}, from 0 to 100.
   *
   * @throws EndpointException if the text is no number, or out of that range
   */
  public static BigDecimal percent(String text) {
    Matcher matcher = QUANTITY.matcher(text);
    if (text.length() > MAX_TEXT || !matcher.matches() || !matcher.group(2).isEmpty()) {
      throw new EndpointException("'" + abridged(text) + "' is not a number of percent");
    }
    BigDecimal percent = new BigDecimal(matcher.group(1));
    if (percent.compareTo(HUNDRED) > 0) {
      throw new EndpointException("'" + text + "' percent is more than all");
    }
    return percent;
  }

  private static long quantity(
      String text, String expected, Map<String, Long> units, boolean whole) {
    Matcher matcher = QUANTITY.matcher(text);
    if (text.length() > MAX_TEXT || !matcher.matches()) {
      throw new EndpointException("'" + abridged(text) + "' is not " + expected);
    }
    Long factor = units.get(matcher.group(2));
    if (factor == null) {
      String meant =
          UnitSpelling.meant(matcher.group(2), units.keySet())
              .map(unit -> " (did you mean " + matcher.group(1) + unit + "?)")
              .orElse("");
      throw new EndpointException("'" + text + "' is not " + expected + meant);
    }
    BigDecimal value = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
    try {
      return value
          .setScale(0, whole ? RoundingMode.UNNECESSARY : RoundingMode.HALF_UP)
          .longValueExact();
    } catch (ArithmeticException e) {
      String reason =
          value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
              ? "is too large"
              : "is no whole number";
      throw new EndpointException("'" + text + "' " + reason + "; expected " + expected);
    }
  }

  private static String abridged(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }

  /**
   * A duration for people, in the largest unit that divides it: {@code 5m}, {@code 1500ms}. Parses
   * back to the same.
   */
  public static String durationText(long nanos) {
    String[] descending = {"h", "m", "s", "ms", "us", "ns"};
    return Arrays.stream(descending)
        .filter(unit -> nanos != 0 && nanos % NANOS_PER_UNIT.get(unit) == 0)
        .findFirst()
        .map(unit -> nanos / NANOS_PER_UNIT.get(unit) + unit)
        .orElse("0s");
  }

  /**
   * A size for people, in the largest binary unit that divides it: {@code 64KiB}. Parses back to
   * the same.
   */
  public static String sizeText(long bytes) {
    String[] descending = {"GiB", "MiB", "KiB", "B"};
    return Arrays.stream(descending)
        .filter(unit -> bytes != 0 && bytes % BYTES_PER_UNIT.get(unit) == 0)
        .findFirst()
        .map(unit -> bytes / BYTES_PER_UNIT.get(unit) + unit)
        .orElse("0B");
  }
}
