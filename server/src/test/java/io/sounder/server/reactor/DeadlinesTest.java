package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The heap of deadlines, against one that is slow and plainly right. */
class DeadlinesTest {
  private static final int STEPS = 20_000;
  private static final int OWNERS = 200;
  private static final int HORIZON = 1_000;

  private final Deadlines deadlines = new Deadlines();

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, 0",
    "3, 9223372036854770000", // wraps around on the way
    "4, 9223372036854770000",
    "5, -5000",
  })
  void expiresWhatASlowAndSimpleOneExpires(long seed, long baseNanos) {
    Random random = new Random(seed);
    List<Integer> expired = new ArrayList<>();
    List<Deadline> owned = new ArrayList<>();
    for (int i = 0; i < OWNERS; i++) {
      int owner = i;
      owned.add(new Deadline(now -> expired.add(owner)));
    }
    NavigableMap<Long, Set<Integer>> byTime = new TreeMap<>(); // since the base: never wraps around
    Map<Integer, Long> times = new HashMap<>();
    long now = 0;
    for (int step = 0; step < STEPS; step++) {
      int owner = random.nextInt(OWNERS);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          long at = now + random.nextInt(HORIZON);
          deadlines.schedule(owned.get(owner), baseNanos + at);
          forget(byTime, times, owner);
          times.put(owner, at);
          byTime.computeIfAbsent(at, t -> new TreeSet<>()).add(owner);
        }
        case 2 -> {
          deadlines.cancel(owned.get(owner));
          forget(byTime, times, owner);
        }
        default -> {
          now += random.nextInt(5);
          expired.clear();
          deadlines.expire(baseNanos + now);
          List<Integer> due = new ArrayList<>();
          byTime.headMap(now, true).values().forEach(due::addAll);
          for (int each : due) {
            forget(byTime, times, each);
            assertFalse(owned.get(each).isScheduled());
          }
          assertEquals(new TreeSet<>(due), new TreeSet<>(expired));
          assertEquals(due.size(), expired.size());
        }
      }
      assertEquals(times.size(), deadlines.size());
      long next = byTime.isEmpty() ? HORIZON : Math.max(0, byTime.firstKey() - now);
      assertEquals(Math.min(HORIZON, next), deadlines.waitNanos(baseNanos + now, HORIZON));
    }
  }

  private static void forget(Map<Long, Set<Integer>> byTime, Map<Integer, Long> times, int owner) {
    Long at = times.remove(owner);
    if (at != null) {
      byTime.get(at).remove(owner);
      if (byTime.get(at).isEmpty()) {
        byTime.remove(at);
      }
    }
  }

  @Test
  void expiresTheEarliestFirstAcrossTheWrapAround() {
    List<String> order = new ArrayList<>();
    deadlines.schedule(new Deadline(now -> order.add("after")), Long.MIN_VALUE + 5);
    deadlines.schedule(new Deadline(now -> order.add("before")), Long.MAX_VALUE - 5);
    deadlines.schedule(new Deadline(now -> order.add("last")), Long.MIN_VALUE + 6);
    deadlines.expire(Long.MIN_VALUE + 5);
    assertEquals(List.of("before", "after"), order);
    assertEquals(1, deadlines.size());
  }

  @Test
  void letsAnOwnerSetItselfAgain() {
    int[] called = new int[1];
    Deadline[] self = new Deadline[1];
    self[0] =
        new Deadline(
            now -> {
              called[0]++;
              deadlines.schedule(self[0], now + 10);
            });
    deadlines.schedule(self[0], 0);
    deadlines.expire(0);
    deadlines.expire(9);
    deadlines.expire(10);
    assertEquals(2, called[0]);
    assertTrue(self[0].isScheduled());
  }

  @Test
  void letsAnOwnerCancelAnotherThatIsDueToo() {
    List<String> called = new ArrayList<>();
    Deadline second = new Deadline(now -> called.add("second"));
    Deadline first =
        new Deadline(
            now -> {
              called.add("first");
              deadlines.cancel(second);
            });
    deadlines.schedule(second, 2);
    deadlines.schedule(first, 1);
    deadlines.expire(5);
    assertEquals(List.of("first"), called);
  }

  @Test
  void leavesOneThatIsNotSetAsItIs() {
    Deadline never = new Deadline(now -> {});
    deadlines.cancel(never);
    assertEquals(0, deadlines.size());
    assertEquals(77, deadlines.waitNanos(0, 77));
  }
}
