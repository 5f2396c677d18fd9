package io.sounder.client.load;

import io.sounder.client.load.stats.Counts;
import io.sounder.client.load.stats.Snapshot;
import io.sounder.client.load.stats.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Adds up what the loops have counted. A loop hands each interval's durations over once, so an
 * answer that comes late is kept, never dropped. Belongs to the coordinating thread.
 */
final class Collector {
  private final List<LoadLoop> loops;
  private final List<CompletableFuture<Snapshot>> asked = new ArrayList<>();
  private final List<Counts> latest = new ArrayList<>();
  private final List<Timings> spares = new ArrayList<>();
  private final boolean openLoop;
  private final Timings total;
  private Timings interval;

  Collector(List<LoadLoop> loops, boolean openLoop) {
    this.loops = loops;
    this.openLoop = openLoop;
    this.total = new Timings(openLoop);
    this.interval = new Timings(openLoop);
    for (int i = 0; i < loops.size(); i++) {
      latest.add(Counts.none());
      spares.add(new Timings(openLoop));
    }
  }

  /** Asks the loops, unless they have been asked already. */
  void ask() {
    if (asked.isEmpty()) {
      for (int i = 0; i < loops.size(); i++) {
        asked.add(loops.get(i).requestSnapshot(spares.get(i)));
        loops.get(i).wakeup();
      }
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
      take(i, loops.get(i).snapshot(new Timings(openLoop)));
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
    Timings durations = snapshot.timings();
    total.add(durations);
    interval.add(durations);
    latest.set(loop, snapshot.counts());
    durations.clear();
    spares.set(loop, durations);
  }

  /** What was counted up to the latest answers. */
  Counts counts() {
    return latest.stream().reduce(Counts.none(), Counts::plus);
  }

  /** The durations since this was last called. */
  Timings takeTimings() {
    Timings ended = interval;
    interval = new Timings(openLoop);
    return ended;
  }

  /** All durations so far. */
  Timings total() {
    return total;
  }
}
