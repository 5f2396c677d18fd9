package io.sounder.protocol.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds which unit somebody meant who wrote it otherwise: in full, abbreviated in another way, or
 * in the wrong case. Edit distance would not do: of one letter and another, either may be right.
 */
final class UnitSpelling {
  private static final Map<String, List<String>> OTHER_NAMES =
      Map.of(
          "ns", List.of("nsec", "nano", "nanos", "nanosecond", "nanoseconds"),
          "us", List.of("µs", "usec", "micro", "micros", "microsecond", "microseconds"),
          "ms", List.of("msec", "milli", "millis", "millisecond", "milliseconds"),
          "s", List.of("sec", "secs", "second", "seconds"),
          "m", List.of("min", "mins", "minute", "minutes"),
          "h", List.of("hr", "hrs", "hour", "hours"),
          "B", List.of("byte", "bytes"),
          "KB", List.of("k", "kilobytes"),
          "MB", List.of("m", "megabytes"),
          "GB", List.of("g", "gigabytes"));

  private UnitSpelling() {}

  /** Which of the known units that may be. */
  static Optional<String> meant(String unit, Collection<String> known) {
    return known.stream()
        .filter(each -> isMeant(unit, each))
        .sorted()
        .findFirst(); // no two of one kind have a name in common
  }

  private static boolean isMeant(String unit, String known) {
    return unit.equalsIgnoreCase(known)
        || OTHER_NAMES.getOrDefault(known, List.of()).stream().anyMatch(unit::equalsIgnoreCase);
  }
}
