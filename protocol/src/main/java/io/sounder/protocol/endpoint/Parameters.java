package io.sounder.protocol.endpoint;

import io.sounder.protocol.text.Spelling;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;

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
      Key key = key(pair, side);
      List<String> given = values.computeIfAbsent(key, k -> new ArrayList<>());
      if (!given.isEmpty() && !key.isRepeatable()) {
        throw error(key.text(), pair.value(), "is given twice; it may stand once");
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
                ? 0L
                : checked(
                    text, Units::durationNanos, nanos -> nanos > 0, "a duration above 0, or off"));
  }

  int sizeBytes(Key key, int defaultBytes, int min, int max) {
    String allowed = Units.sizeText(min) + " to " + Units.sizeText(max);
    return Math.toIntExact(
        get(
            key,
            (long) defaultBytes,
            text ->
                checked(text, Units::sizeBytes, bytes -> bytes >= min && bytes <= max, allowed)));
  }

  long count(Key key, long defaultCount, long min, long max) {
    String allowed = max == Long.MAX_VALUE ? min + " or more" : min + " to " + max;
    return get(
        key,
        defaultCount,
        text -> checked(text, Units::count, count -> count >= min && count <= max, allowed));
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
    throw new EndpointException(
        "allowed are " + String.join(", ", allowed) + Spelling.question(text, allowed));
  }

  /**
   * A quantity; one that is out of range, or none at all, is an error that says what is allowed.
   */
  static long checked(
      String text, ToLongFunction<String> read, LongPredicate isAllowed, String allowed) {
    long value;
    try {
      value = read.applyAsLong(text);
    } catch (EndpointException e) {
      throw new EndpointException(e.getMessage() + "; allowed is " + allowed);
    }
    if (!isAllowed.test(value)) {
      throw new EndpointException("allowed is " + allowed);
    }
    return value;
  }

  /** Refuses a key that is given although something else rules it out. */
  void refuse(Key key, String reason) {
    if (has(key)) {
      throw error(key.text(), values.get(key).get(0), reason);
    }
  }

  private <T> T reading(Key key, String raw, Function<String, T> read) {
    try {
      return read.apply(raw);
    } catch (EndpointException e) {
      throw error(key.text(), raw, "is not valid: " + e.getMessage());
    }
  }

  private EndpointException error(String key, String raw, String problem) {
    return new EndpointException(url.text() + ": " + key + "=" + raw + " " + problem);
  }

  private Key key(EndpointUrl.Pair pair, Key.Side side) {
    try {
      return Key.of(pair.key(), side, url.scheme());
    } catch (EndpointException e) {
      throw error(pair.key(), pair.value(), e.getMessage());
    }
  }
}
