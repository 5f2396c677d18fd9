package io.sounder.client.report;

import java.util.Locale;

/** Numbers for people: three significant digits and a unit, or whole numbers in groups of three. */
public final class Quantities {
  private static final String[] TIME_UNITS = {"ns", "µs", "ms", "s"};
  private static final String[] COUNT_UNITS = {"", "k", "M", "G", "T"};
  private static final String[] BYTE_UNITS = {"B", "KB", "MB", "GB", "TB"};

  private Quantities() {}

  /** A whole number: {@code 1,234,567}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number where there is little room: {@code 1.23M}; whole below 1000. */
  public static String shortCount(long value) {
    return scaled((double) value, COUNT_UNITS).replace(" ", "");
  }

  /** A duration: {@code 49.2 µs}. */
  public static String duration(long nanos) {
    return nanos >= 60_000_000_000L
        ? String.format(Locale.ROOT, "%,d s", nanos / 1_000_000_000L)
        : scaled((double) nanos, TIME_UNITS);
  }

  /** A number of bytes, in powers of 1000: {@code 1.28 MB}. */
  public static String bytes(long bytes) {
    return scaled((double) bytes, BYTE_UNITS);
  }

  /** A rate: {@code 191,234/s}; decimals only where it is small. */
  public static String rate(double perSecond) {
    return perSecond >= 100
        ? String.format(Locale.ROOT, "%,.0f/s", perSecond)
        : String.format(Locale.ROOT, "%.2f/s", perSecond);
  }

  /** A part of a whole: {@code 99.9 %}; never 100 when something is missing, never 0 when not. */
  public static String share(long part, long whole) {
    if (whole == 0 || part == 0) {
      return "0 %";
    }
    if (part == whole) {
      return "100 %";
    }
    double percent = 100.0 * part / whole;
    if (percent > 99.99) {
      return ">99.99 %";
    }
    if (percent < 0.01) {
      return "<0.01 %";
    }
    return String.format(Locale.ROOT, percent < 1 || percent > 99 ? "%.2f %%" : "%.1f %%", percent);
  }

  private static String scaled(double value, String[] units) {
    int unit = 0;
    double scaled = value;
    while (unit < units.length - 1 && scaled >= 999.5) {
      scaled /= 1000;
      unit++;
    }
    String format =
        unit == 0 || scaled >= 99.95 ? "%.0f %s" : scaled >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, scaled, units[unit]);
  }
}
