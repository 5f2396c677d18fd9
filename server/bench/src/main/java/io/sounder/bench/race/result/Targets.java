package io.sounder.bench.race.result;

import io.sounder.bench.race.result.Target.Against;
import java.util.ArrayList;
import java.util.List;

/** What Sounder has set itself, on a machine of two cores with the generator on it. */
public final class Targets {
  private static final double NONE = Double.NaN;

  public static final List<Target> ALL = all();

  private Targets() {}

  private static List<Target> all() {
    List<Target> all = new ArrayList<>();
    rates(all, "64", 0.93, 0.97, 0.97, 1.05, 1.4);
    rates(all, "1000", 0.87, 0.95, 0.95, 1.05, 1.2);
    rates(all, "pipelined", 0.92, 0.97, 0.95, 1.05, 1.4);
    rates(all, "16k", 0.97, 1.0, 1.0, 1.1, 1.4);
    rates(all, "1m", 0.97, 1.0, 1.0, 1.1, 1.4);
    all.add(new Target("1", Against.FLOOR, Figure.P50, 1.10, 1.03));
    all.add(new Target("1", Against.FLOOR, Figure.P99, 1.25, 1.03));
    for (Figure latency : List.of(Figure.P50, Figure.P99)) {
      all.add(new Target("1", Against.NETTY_BEST, latency, 1.0, NONE));
      all.add(new Target("1", Against.NETTY_DEFAULTS, latency, 1.0, NONE));
    }
    for (String udp : List.of("udp-1", "udp-64", "udp-1200")) {
      rates(all, udp, 0.88, 0.95, 1.0, 1.1, 1.0);
    }
    for (String framed : List.of("line", "length")) {
      rates(all, framed, NONE, NONE, 1.1, 1.4, 1.5);
    }
    rates(all, "churn", NONE, NONE, 1.0, 1.2, 1.0);
    for (String tls : List.of("tls", "tls-16k")) {
      all.add(new Target(tls, Against.NETTY_BEST, Figure.RATE, 0.9, NONE));
    }
    all.add(new Target("work", Against.NO_POOL, Figure.RATE, 1.8, 1.95));
    for (String connections : List.of("8", "64", "1000", "9000")) {
      all.add(new Target(connections, Against.FLOOR, Figure.CPU, 1.25, NONE));
    }
    return List.copyOf(all);
  }

  private static void rates(
      List<Target> all,
      String shape,
      double floorMust,
      double floorAim,
      double nettyMust,
      double nettyAim,
      double defaultsMust) {
    if (!Double.isNaN(floorMust)) {
      all.add(new Target(shape, Against.FLOOR, Figure.RATE, floorMust, floorAim));
    }
    all.add(new Target(shape, Against.NETTY_BEST, Figure.RATE, nettyMust, nettyAim));
    all.add(new Target(shape, Against.NETTY_DEFAULTS, Figure.RATE, defaultsMust, NONE));
  }
}
