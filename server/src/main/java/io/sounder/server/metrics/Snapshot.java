package io.sounder.server.metrics;

import io.sounder.server.connection.Listener;
import io.sounder.server.connection.ListenerCounts;
import io.sounder.server.count.LogBuckets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All figures of the service at a moment, from which every page is made that shows some. What is
 * counted only grows; figures that belong together may differ by what happened meanwhile.
 *
 * @param listeners each that there is or was, by name
 * @param cycleNanos for each cycle of the reactor that found a socket ready, how long it took after
 *     that
 * @param batchSizes how many sockets such a cycle found
 * @param pollingNanos how long the reactor has polled before it slept
 * @param workers how many there are
 * @param queued how many sockets wait for an owner
 * @param stalls how often a thread was stuck, by what it is
 * @param stuckThreads how many are stuck now
 * @param configuredSeconds since when the configuration holds, in seconds since 1970-01-01 UTC
 * @param lastReloadDone whether the configuration that was read last could be followed
 */
public record Snapshot(
    List<ListenerFigures> listeners,
    long acceptPauses,
    long cycles,
    Distribution cycleNanos,
    Distribution batchSizes,
    long usefulPolls,
    long futilePolls,
    long pollingNanos,
    int workers,
    long usefulWakeUps,
    long futileWakeUps,
    int queued,
    long bufferBytes,
    long bufferBudgetBytes,
    long messagesNotShown,
    long logLinesDropped,
    long adminRefused,
    Map<ThreadRole, Long> stalls,
    long stuckThreads,
    long reloadsDone,
    long reloadsFailed,
    long configuredSeconds,
    boolean lastReloadDone,
    boolean ready,
    boolean stopping) {
  private static final LogBuckets NANOS = LogBuckets.ofNanos();
  private static final LogBuckets COUNTS = LogBuckets.ofCounts();

  public Snapshot {
    listeners = List.copyOf(listeners);
    stalls = Map.copyOf(stalls);
  }

  /** Where snapshots are taken from. */
  public record Source(
      Counters counters, Workload workload, Supplier<List<Listener>> listeners, Sockets sockets) {
    /** All figures of now. Waits for the reactor, for a second at most. */
    public Snapshot take() throws InterruptedException {
      Census census = new Census();
      boolean counted = sockets.tour(census::visit);
      return Snapshot.of(this, counted ? census : null);
    }
  }

  private static Snapshot of(Source source, Census census) {
    Counters counters = source.counters();
    Workload workload = source.workload();
    return new Snapshot(
        listeners(source, census),
        counters.acceptPauses(),
        counters.cycles(),
        Distribution.of(NANOS, List.of(counters.cycleNanos())),
        Distribution.of(COUNTS, List.of(counters.batchSizes())),
        counters.polls(true),
        counters.polls(false),
        counters.pollingNanos(),
        workload.workerTallies().size(),
        counters.wakeUps(true),
        counters.wakeUps(false),
        workload.queued(),
        workload.bufferBytes(),
        workload.bufferBudgetBytes(),
        counters.showDropped(),
        counters.logLinesDropped(),
        counters.adminRefused(),
        stalls(counters),
        counters.stuckThreads(),
        counters.reloads().done(),
        counters.reloads().failed(),
        counters.reloads().lastDoneSeconds(),
        counters.reloads().wasLastDone(),
        counters.isReady(),
        counters.isStopping());
  }

  private static List<ListenerFigures> listeners(Source source, Census census) {
    Map<String, Listener> live = new HashMap<>();
    source.listeners().get().forEach(each -> live.put(each.toString(), each));
    List<ListenerFigures> all = new ArrayList<>();
    for (Map.Entry<String, ListenerCounts> each : source.counters().ofListeners().entrySet()) {
      String name = each.getKey();
      all.add(ListenerFigures.of(name, each.getValue(), live.get(name), census));
    }
    return all;
  }

  private static Map<ThreadRole, Long> stalls(Counters counters) {
    Map<ThreadRole, Long> stalls = new EnumMap<>(ThreadRole.class);
    for (ThreadRole role : ThreadRole.values()) {
      stalls.put(role, counters.stalls(role));
    }
    return stalls;
  }
}
