package io.sounder.server.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When waking a worker pays, and how it is learnt that it does not. */
class WakeGateTest {
  private static final int MOST_SKIPPED = 4096;

  private final WakeGate gate = new WakeGate();

  @Test
  void isOpenFromAThirdOfAnIdleCoreOn() {
    gate.onSample(sample(0.34, 0));
    assertTrue(gate.isOpen());
    assertTrue(gate.mayWake());
    gate.onSample(sample(0.33, 0));
    assertFalse(gate.isOpen());
    assertFalse(gate.mayWake());
    gate.onSample(sample(2, 0));
    assertTrue(gate.mayWake());
  }

  @Test
  void isOpenWhereThePlatformCannotTell() {
    assertTrue(gate.isOpen());
    gate.onSample(sample(0, 0));
    gate.onSample(Optional.empty());
    assertTrue(gate.isOpen());
  }

  @Test
  void skipsTwiceAsManyOccasionsAfterEachFutileWakeUp() {
    for (int skipped = 2; skipped <= MOST_SKIPPED; skipped *= 2) {
      gate.onWoken(false);
      assertEquals(skipped, occasionsUntilItMayWake());
    }
    gate.onWoken(false);
    assertEquals(MOST_SKIPPED, occasionsUntilItMayWake());
  }

  @Test
  void startsAnewAfterAUsefulWakeUp() {
    for (int i = 0; i < 5; i++) {
      gate.onWoken(false);
    }
    gate.onWoken(true);
    assertTrue(gate.mayWake());
    gate.onWoken(false);
    assertEquals(2, occasionsUntilItMayWake());
  }

  @Test
  void countsNoOccasionsWhileItIsShut() {
    gate.onWoken(false);
    gate.onSample(sample(0, 0));
    for (int i = 0; i < 10; i++) {
      assertFalse(gate.mayWake());
    }
    gate.onSample(sample(1, 0));
    assertEquals(2, occasionsUntilItMayWake());
  }

  @Test
  void countsWhatTheWorkersUseAsTheirs() {
    gate.onSample(sample(0.1, 0.3));
    assertTrue(gate.isOpen());
    gate.onSample(sample(0.1, 0.2));
    assertFalse(gate.isOpen());
  }

  private static Optional<IdleCores.Sample> sample(double machine, double pool) {
    return Optional.of(new IdleCores.Sample(machine, pool));
  }

  private int occasionsUntilItMayWake() {
    int skipped = 0;
    while (!gate.mayWake()) {
      skipped++;
    }
    return skipped;
  }
}
