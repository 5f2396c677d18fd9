package io.sounder.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tries one seed after another, on several lanes at once. How many, and from which on, can be said:
 * {@code -Dsounder.chaos.seeds=100000}, {@code -Dsounder.chaos.first=4711}.
 */
final class Lanes {
  private static final int LANES = 12; // most of them wait
  private static final int MOST_SHOWN = 20;

  private final AtomicLong next = new AtomicLong(Long.getLong("sounder.chaos.first", 1));
  private final long end;
  private final Trial trial;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  /** What is done with a seed; an assertion that fails, fails the seed. */
  @FunctionalInterface
  interface Trial {
    void run(Lane lane, long seed) throws Exception;
  }

  private Lanes(long seeds, Trial trial) {
    this.end = next.get() + seeds;
    this.trial = trial;
  }

  /**
   * Tries so many seeds, unless another number is asked for, and fails if one did.
   *
   * @param share of the number that is asked for
   */
  static void run(long seeds, double share, Trial trial) throws Exception {
    long asked = Long.getLong("sounder.chaos.seeds", 0);
    Lanes lanes = new Lanes(asked > 0 ? Math.max(1, (long) (share * asked)) : seeds, trial);
    try (FaultProxy proxy = new FaultProxy()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < LANES; i++) {
        int workers = i % 2;
        Thread thread = new Thread(() -> lanes.runLane(proxy, workers), "lane");
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    if (!lanes.failures.isEmpty()) {
      fail(
          lanes.failures.size()
              + " failed, among them: "
              + String.join("; ", lanes.failures.stream().limit(MOST_SHOWN).toList()));
    }
  }

  private void runLane(FaultProxy proxy, int workers) {
    try (Lane lane = new Lane(proxy, workers)) {
      for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
        run(lane, seed);
      }
      assertEquals(0, lane.defects(), "connections closed after a defect of the service");
    } catch (Exception | AssertionError e) {
      failures.add("a lane: " + e);
    }
  }

  private void run(Lane lane, long seed) {
    try {
      trial.run(lane, seed);
    } catch (Exception | AssertionError e) {
      failures.add("seed " + seed + ": " + e);
    }
  }
}
