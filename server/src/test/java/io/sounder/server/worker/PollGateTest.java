package io.sounder.server.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On whose core the reactor may poll. */
class PollGateTest {
  private final PollGate gate = new PollGate();

  @Test
  void takesHalfAnIdleCoreToBeginAndATenthToGoOn() {
    sample(0.11, 0);
    assertTrue(gate.isOpen());
    sample(0.09, 0);
    assertFalse(gate.isOpen());
    sample(0.49, 0);
    assertFalse(gate.isOpen());
    sample(0.51, 0);
    assertTrue(gate.isOpen());
    sample(0.11, 0);
    assertTrue(gate.isOpen());
  }

  @Test
  void leavesTheWorkersWhatTheyUse() {
    sample(0, 2);
    assertFalse(gate.isOpen());
  }

  @Test
  void isOpenWhereThePlatformCannotTell() {
    sample(0, 0);
    gate.onSample(Optional.empty());
    assertTrue(gate.isOpen());
  }

  @Test
  void knowsWhetherAnybodyAsks() {
    assertFalse(gate.wasAsked());
    gate.isOpen();
    assertTrue(gate.wasAsked());
    assertFalse(gate.wasAsked());
  }

  private void sample(double machine, double pool) {
    gate.onSample(Optional.of(new IdleCores.Sample(machine, pool)));
  }
}
