package io.sounder.client.load.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InFlightTest {
  @Test
  void doesAsAMapDoesWhateverTheOrder() {
    Random random = new Random(42);
    InFlight inFlight = new InFlight(3);
    TreeMap<Long, Long> model = new TreeMap<>();
    for (int step = 0; step < 200_000; step++) {
      if (model.isEmpty() || random.nextInt(100) < 50) {
        long now = random.nextLong();
        model.put(inFlight.begin(now), now);
      } else {
        boolean oldest = random.nextInt(4) > 0;
        long sequence = oldest ? model.firstKey() : model.floorKey(inFlight.next() - 1);
        assertEquals(model.remove(sequence), inFlight.settle(sequence));
        assertFalse(inFlight.isAwaited(sequence));
      }
      assertEquals(model.size(), inFlight.count());
      assertEquals(model.isEmpty() ? inFlight.next() : model.firstKey(), inFlight.oldest());
    }
  }

  @Test
  void anOldOneStaysAwaitedWhileManyLaterOnesComeAndGo() {
    InFlight inFlight = new InFlight(2);
    inFlight.begin(7);
    for (int i = 0; i < 10_000; i++) {
      inFlight.settle(inFlight.begin(i));
    }
    assertTrue(inFlight.isAwaited(0));
    assertEquals(7, inFlight.sentNanos(0));
    assertEquals(7, inFlight.settle(0));
    assertEquals(10_001, inFlight.oldest());
  }

  @Test
  void whatIsNotAwaitedCannotBeSettled() {
    InFlight inFlight = new InFlight(1);
    inFlight.settle(inFlight.begin(1));
    assertThrows(IllegalStateException.class, () -> inFlight.settle(0));
    assertThrows(IllegalStateException.class, () -> inFlight.settle(1));
  }
}
