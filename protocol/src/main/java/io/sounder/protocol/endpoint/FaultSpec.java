package io.sounder.protocol.endpoint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What a listener does wrong on purpose.
 *
 * @param percents how many percent of the replies each fault of {@link Fault#EXCLUSIVE} is drawn
 *     for, above 0 to 100; those that never are, are left out
 * @param delays one draw for each reply picks at most one of them
 * @param slowBytesPerSecond how fast the replies of each connection go out; 0 for no such limit
 * @param capacityPerSecond how many replies the listener makes per second; 0 for no such limit
 * @param seed what the draws begin with; empty to have one chosen
 */
public record FaultSpec(
    Map<Fault, Double> percents,
    List<Delay> delays,
    long slowBytesPerSecond,
    long capacityPerSecond,
    OptionalLong seed) {
  /** A delay above 0, and how many percent of the replies have it. */
  public record Delay(long nanos, double percent) {}

  /** Nothing wrong. */
  public static final FaultSpec NONE =
      new FaultSpec(Map.of(), List.of(), 0, 0, OptionalLong.empty());

  private static final long MAX_DELAY_NANOS = 3_600_000_000_000L;
  private static final long MAX_PER_SECOND = 1_000_000_000L;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public FaultSpec {
    percents = Map.copyOf(percents);
    delays = List.copyOf(delays);
  }

  static FaultSpec read(Parameters parameters) {
    Map<Fault, Double> percents = new EnumMap<>(Fault.class);
    boolean drawn = parameters.has(Key.DELAY);
    for (Fault fault : Fault.EXCLUSIVE) {
      drawn |= parameters.has(key(fault));
      double percent = parameters.get(key(fault), 0.0, FaultSpec::percent);
      if (percent > 0) {
        percents.put(fault, percent);
      }
    }
    if (!drawn) {
      parameters.refuse(Key.SEED, "needs a fault that is drawn, such as drop=1");
    }
    return new FaultSpec(
        percents,
        parameters.raw(Key.DELAY, List.of(), FaultSpec::delays),
        parameters.get(Key.SLOW, 0L, FaultSpec::slow),
        parameters.count(Key.CAPACITY, 0, 1, MAX_PER_SECOND),
        parameters.has(Key.SEED)
            ? OptionalLong.of(parameters.count(Key.SEED, 0, 0, Long.MAX_VALUE))
            : OptionalLong.empty());
  }

  private static Key key(Fault fault) {
    return Key.valueOf(fault.name());
  }

  private static double percent(String text) {
    try {
      return Units.percent(text).doubleValue();
    } catch (EndpointException e) {
      throw new EndpointException(e.getMessage() + "; allowed is 0 to 100");
    }
  }

  private static long slow(String text) {
    return Parameters.checked(
        text, Units::bytesPerSecond, rate -> rate >= 1 && rate <= MAX_PER_SECOND, "1B/s to 1GB/s");
  }

  private static List<Delay> delays(String raw) {
    try {
      List<Delay> delays = new ArrayList<>();
      BigDecimal sum = BigDecimal.ZERO;
      for (String choice : raw.split(",", -1)) {
        int colon = choice.indexOf(':');
        String duration = PercentCode.toText(colon < 0 ? choice : choice.substring(0, colon));
        BigDecimal percent =
            colon < 0 ? HUNDRED : Units.percent(PercentCode.toText(choice.substring(colon + 1)));
        Delay delay = new Delay(delayNanos(duration), percent.doubleValue());
        if (percent.signum() > 0) {
          delays.add(delay);
        }
        sum = sum.add(percent);
      }
      if (sum.compareTo(HUNDRED) > 0) {
        throw new EndpointException("the percents sum to " + sum.toPlainString());
      }
      return delays;
    } catch (EndpointException e) {
      throw new EndpointException(
          e.getMessage()
              + "; allowed is a duration above 0 to 1h for all replies, or DURATION:PERCENT by"
              + " commas, such as 2ms:5,50ms:0.1, with percents that sum to at most 100");
    }
  }

  private static long delayNanos(String text) {
    long nanos = Units.durationNanos(text);
    if (nanos < 1 || nanos > MAX_DELAY_NANOS) {
      throw new EndpointException("'" + text + "' is out of range");
    }
    return nanos;
  }

  /** For how many percent of the replies a fault of {@link Fault#EXCLUSIVE} is drawn. */
  public double percent(Fault fault) {
    return percents.getOrDefault(fault, 0.0);
  }

  /** Whether chance decides about anything, so that a seed matters. */
  public boolean isDrawn() {
    return !percents.isEmpty() || !delays.isEmpty();
  }

  /** Whether nothing at all is done wrong. */
  public boolean isNone() {
    return !isDrawn() && slowBytesPerSecond == 0 && capacityPerSecond == 0;
  }

  /** The same with a seed. */
  public FaultSpec withSeed(long newSeed) {
    return new FaultSpec(
        percents, delays, slowBytesPerSecond, capacityPerSecond, OptionalLong.of(newSeed));
  }

  /** The keys and values: {@code delay=2ms:5,50ms:0.1&drop=1}. They are read back as the same. */
  @Override
  public String toString() {
    List<String> keys = new ArrayList<>();
    if (!delays.isEmpty()) {
      keys.add(
          delays.stream()
              .map(delay -> Units.durationText(delay.nanos()) + ":" + plain(delay.percent()))
              .collect(Collectors.joining(",", "delay=", "")));
    }
    for (Fault fault : Fault.EXCLUSIVE) {
      if (percents.containsKey(fault)) {
        keys.add(fault.text() + "=" + plain(percent(fault)));
      }
    }
    if (slowBytesPerSecond > 0) {
      keys.add("slow=" + slowBytesPerSecond + "B/s");
    }
    if (capacityPerSecond > 0) {
      keys.add("capacity=" + capacityPerSecond);
    }
    seed.ifPresent(value -> keys.add("seed=" + value));
    return String.join("&", keys);
  }

  private static String plain(double percent) {
    return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
  }
}
