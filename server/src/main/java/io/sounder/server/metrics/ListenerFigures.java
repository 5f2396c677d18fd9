package io.sounder.server.metrics;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.ListenerCounts;
import io.sounder.server.connection.Phase;
import io.sounder.server.connection.Refusal;
import io.sounder.server.count.LogBuckets;
import io.sounder.server.count.Share;
import io.sounder.server.count.Tally;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * All that is known of one listener at a moment. What is counted only grows, also when another
 * listener takes the place.
 *
 * @param name where it listens: {@code tcp://127.0.0.1:8888}
 * @param maxConnections how many it may have at a time; 0 where it has none, or listens no more
 * @param byState how many connections are in which phase; empty where the reactor did not answer
 * @param handed how many of those somebody owns now, or waits for
 * @param receivedBytes without headers, and without what TLS adds
 * @param replyNanos for each reply, from when its socket was found ready until it was written
 * @param faults empty where none were ever injected
 */
public record ListenerFigures(
    String name,
    int maxConnections,
    Map<Phase, Long> byState,
    long handed,
    long accepted,
    Map<Refusal, Long> refused,
    Map<CloseReason, Long> closed,
    long tlsHandshakes,
    long datagrams,
    Map<DatagramDrop, Long> dropped,
    long messages,
    long repliesByReactor,
    long repliesByWorkers,
    long receivedBytes,
    long sentBytes,
    Distribution replyNanos,
    Map<Fault, Long> faults) {
  private static final LogBuckets SHAPE = LogBuckets.ofNanos();

  public ListenerFigures {
    byState = Map.copyOf(byState);
    refused = Map.copyOf(refused);
    closed = Map.copyOf(closed);
    dropped = Map.copyOf(dropped);
    faults = Map.copyOf(faults);
  }

  /**
   * Those of now.
   *
   * @param listener null if it listens no more
   * @param census null if the reactor did not answer
   */
  static ListenerFigures of(String name, ListenerCounts counts, Listener listener, Census census) {
    List<Share> workers = counts.workerShares();
    List<Share> reactor = counts.reactorShare();
    List<Share> all = new ArrayList<>(workers);
    all.addAll(reactor);
    return new ListenerFigures(
        name,
        listener == null || isUdp(name) ? 0 : listener.maxConnections(),
        census == null ? Map.of() : census.byState(name),
        census == null ? 0 : census.handed(name),
        counts.accepted(),
        each(Refusal.class, counts::refused),
        each(CloseReason.class, counts::closed),
        counts.secured(),
        counts.datagrams(),
        each(DatagramDrop.class, counts::dropped),
        sum(all, Tally::messages),
        sum(reactor, Tally::replies),
        sum(workers, Tally::replies),
        sum(all, Tally::bytesReceived),
        sum(all, Tally::bytesSent),
        Distribution.of(SHAPE, all.stream().map(Share::replyNanos).toList()),
        listener == null || listener.faults() == null
            ? Map.of()
            : each(Fault.class, listener.faultCounts()::of));
  }

  /** Whether it has datagrams, and no connections. */
  public boolean isUdp() {
    return isUdp(name);
  }

  /** How many connections are open; 0 also where that is not known. */
  public long open() {
    return byState.values().stream().mapToLong(Long::longValue).sum();
  }

  private static boolean isUdp(String name) {
    return name.startsWith("udp:");
  }

  private static long sum(List<Share> shares, ToLongFunction<Tally> figure) {
    return shares.stream().map(Share::tally).mapToLong(figure).sum();
  }

  private static <E extends Enum<E>> Map<E, Long> each(Class<E> kinds, Function<E, Long> count) {
    Map<E, Long> counts = new EnumMap<>(kinds);
    for (E kind : kinds.getEnumConstants()) {
      counts.put(kind, count.apply(kind));
    }
    return counts;
  }
}
