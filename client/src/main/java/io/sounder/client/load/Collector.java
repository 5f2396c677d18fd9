package io.sounder.client.load;

import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Adds up what the loops have counted. A loop hands each interval's latencies over once, so an
 * answer that comes late is kept, never dropped. Belongs to the coordinating thread.
 */
final class Collector {
  private final List<LoadLoop> loops;
  private final List<CompletableFuture<Snapshot>> asked = new ArrayList<>();
  private final List<Snapshot> latest = new ArrayList<>();
  private final Latencies total = new Latencies();
  private Latencies interval = new Latencies();

  Collector(List<LoadLoop> loops) {
    this.loops = loops;
    loops.forEach(loop -> latest.add(Snapshot.empty()));
  }

  /** Asks the loops, unless they have been asked already. */
  void ask() {
    if (asked.isEmpty()) {
      loops.forEach(loop -> asked.add(loop.requestSnapshot()));
    }
  }

  /** Takes the answers if all are there. */
  boolean gather() {
    if (asked.isEmpty() || !asked.stream().allMatch(CompletableFuture::isDone)) {
      return false;
    }
    takeAnswers();
    return true;
  }

  /** Takes what is left, after the loops have ended. */
  void gatherLast() {
    takeAnswers();
    for (int i = 0; i < loops.size(); i++) {
      take(i, loops.get(i).snapshot());
    }
  }

  private void takeAnswers() {
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i).isDone()) {
        take(i, asked.get(i).join());
      }
    }
    asked.clear();
  }

  private void take(int loop, Snapshot snapshot) {
    total.add(snapshot.interval());
    interval.add(snapshot.interval());
    latest.set(loop, snapshot);
  }

  /** What was counted up to the latest answers, with the latencies since this was last called. */
  Snapshot sum() {
    Snapshot sum = latest.stream().reduce(Snapshot.empty(), Snapshot::plus);
    Latencies ended = interval;
    interval = new Latencies();
    return new Snapshot(
        sum.measured(), sum.warmUp(), sum.connections(), ended, sum.oldestPendingNanos());
  }

  /** All latencies so far. */
  Latencies total() {
    return total;
  }
}
