package io.sounder.server.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.Eventually;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OutletTest {
  private static final int CAPACITY = 100;
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final List<Integer> written = new CopyOnWriteArrayList<>();
  private final AtomicInteger dropped = new AtomicInteger();
  private final CountDownLatch flows = new CountDownLatch(1);

  private Outlet<Integer> blocked() {
    Outlet<Integer> outlet =
        new Outlet<>("outlet", CAPACITY, this::writeWhenItFlows, dropped::incrementAndGet);
    outlet.start();
    return outlet;
  }

  private void writeWhenItFlows(Integer next, boolean isLast) throws IOException {
    try {
      flows.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    written.add(next);
  }

  @Test
  void dropsAndCountsWhatFindsNoRoomAndWritesTheRestInOrder() throws Exception {
    Outlet<Integer> outlet = blocked();
    for (int i = 0; i < CAPACITY + 7; i++) {
      assertEquals(i < CAPACITY, outlet.hasRoom());
      outlet.put(i); // comes back, though nothing is written
    }
    assertEquals(7, dropped.get());
    flows.countDown();
    Eventually.equal(CAPACITY, "written", written::size);
    assertTrue(outlet.hasRoom());
    outlet.put(1000);
    Eventually.equal(CAPACITY + 1, "written", written::size);
    assertEquals(IntStream.range(0, CAPACITY).boxed().toList(), written.subList(0, CAPACITY));
    outlet.stop(SOON_NANOS);
  }

  @Test
  void countsWhatCouldNotBeWrittenAndGoesOn() throws Exception {
    Outlet<Integer> outlet =
        new Outlet<>(
            "outlet",
            CAPACITY,
            (next, isLast) -> {
              if (next % 4 == 1) {
                throw new IOException("No space left on device");
              }
              if (next % 4 == 3) {
                throw new IllegalStateException("a defect of whoever makes lines");
              }
              written.add(next);
            },
            dropped::incrementAndGet);
    outlet.start();
    for (int i = 0; i < 10; i++) {
      outlet.put(i);
    }
    Eventually.equal(5, "dropped", dropped::get);
    Eventually.equal(5, "written", written::size);
    outlet.stop(SOON_NANOS);
  }

  @Test
  void writesWhatWaitsBeforeItStopsAndTakesNothingMore() throws Exception {
    Outlet<Integer> outlet = blocked();
    outlet.put(1);
    outlet.put(2);
    flows.countDown();
    outlet.stop(TimeUnit.SECONDS.toNanos(10));
    assertEquals(List.of(1, 2), written);
    outlet.put(3);
    assertEquals(1, dropped.get());
  }

  @Test
  void waitsNoLongerThanItMayForWhatCannotBeWritten() throws Exception {
    Outlet<Integer> outlet = blocked();
    outlet.put(1);
    outlet.stop(SOON_NANOS);
    assertEquals(List.of(), written);
    flows.countDown();
  }

  @Test
  void losesNothingThatManyLeaveAtOnce() throws Exception {
    int threads = 4;
    int each = 20_000;
    AtomicInteger count = new AtomicInteger();
    Outlet<Integer> counting =
        new Outlet<>(
            "outlet",
            threads * each,
            (next, isLast) -> count.incrementAndGet(),
            dropped::incrementAndGet);
    counting.start();
    Thread[] leaving = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      leaving[i] =
          new Thread(() -> IntStream.range(0, each).forEach(counting::put), "leaving-" + i);
      leaving[i].start();
    }
    for (Thread thread : leaving) {
      thread.join();
    }
    counting.stop(TimeUnit.SECONDS.toNanos(10));
    assertEquals(threads * each, count.get());
    assertEquals(0, dropped.get());
  }
}
