package io.sounder.protocol.endpoint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The keys of one endpoint and their values, each checked as it is read. Errors name key, value and
 * what is allowed.
 */
final class Parameters {
  private final EndpointUrl url;
  private final Map<Key, List<String>> values = new EnumMap<>(Key.class);

  Parameters(EndpointUrl url, Key.Side side) {
    this.url = url;
    for (EndpointUrl.Pair pair : url.pairs()) {
      Key key = naming(() -> Key.of(pair.key(), side, url.scheme()));
      List<String> given = values.computeIfAbsent(key, k -> new ArrayList<>());
      if (!given.isEmpty() && !key.isRepeatable()) {
        throw error(key, pair.value(), "is given twice; it may stand once");
      }
      given.add(pair.value());
    }
  }

  boolean has(Key key) {
    return values.containsKey(key);
  }

  /** All values of a repeatable key, each read. */
  <T> List<T> all(Key key, Function<String, T> read) {
    List<T> all = new ArrayList<>();
    for (String raw : values.getOrDefault(key, List.of())) {
      all.add(reading(key, raw, read));
    }
    return List.copyOf(all);
  }

  /** The value of a key, read from its raw text, or the default. */
  <T> T raw(Key key, T defaultValue, Function<String, T> read) {
    List<String> given = values.get(key);
    return given == null ? defaultValue : reading(key, given.get(0), read);
  }

  /** The value of a key, read from its decoded text, or the default. */
  <T> T get(Key key, T defaultValue, Function<String, T> read) {
    return raw(key, defaultValue, raw -> read.apply(PercentCode.toText(raw)));
  }

  /** A duration in nanoseconds; {@code off} is 0, which nothing else may be. */
  long timeoutNanos(Key key, long defaultNanos) {
    return get(
        key,
        defaultNanos,
        text ->
            text.equals("off")
                ? 0
                : positive(Units.durationNanos(text), "a duration above 0, or off"));
  }

  int sizeBytes(Key key, int defaultBytes, int min, int max) {
    return (int)
        (long)
            get(
                key,
                (long) defaultBytes,
                text ->
                    between(
                        Units.sizeBytes(text), min, max, Units.sizeText(min), Units.sizeText(max)));
  }

  long count(Key key, long defaultCount, long min, long max) {
    return get(
        key,
        defaultCount,
        text -> between(Units.count(text), min, max, Long.toString(min), Long.toString(max)));
  }

  Boolean onOff(Key key) {
    return get(
        key,
        null,
        text ->
            switch (text) {
              case "on" -> Boolean.TRUE;
              case "off" -> Boolean.FALSE;
              default -> throw new EndpointException("allowed are on and off");
            });
  }

  /** One of an enumeration's values, by its text. */
  static <E extends Enum<E>> E oneOf(Class<E> type, String text) {
    List<String> allowed = new ArrayList<>();
    for (E value : type.getEnumConstants()) {
      String name = value.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(text)) {
        return value;
      }
      allowed.add(name);
    }
    throw new EndpointException("allowed are " + String.join(", ", allowed));
  }

  private static long positive(long value, String allowed) {
    if (value <= 0) {
      throw new EndpointException("allowed is " + allowed);
    }
    return value;
  }

  private static long between(long value, long min, long max, String minText, String maxText) {
    if (value < min || value > max) {
      throw new EndpointException("allowed is " + minText + " to " + maxText);
    }
    return value;
  }

  /** Refuses a key that is given although something else rules it out. */
  void refuse(Key key, String reason) {
    if (has(key)) {
      throw error(key, values.get(key).get(0), reason);
    }
  }

  private <T> T reading(Key key, String raw, Function<String, T> read) {
    try {
      return read.apply(raw);
    } catch (EndpointException e) {
      throw error(key, raw, "is not valid: " + e.getMessage());
    }
  }

  private EndpointException error(Key key, String raw, String problem) {
    return new EndpointException(url.text() + ": " + key.text() + "=" + raw + " " + problem);
  }

  private Key naming(java.util.function.Supplier<Key> read) {
    try {
      return read.get();
    } catch (EndpointException e) {
      throw new EndpointException(url.text() + ": " + e.getMessage());
    }
  }
}
