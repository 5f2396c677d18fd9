package io.sounder.server.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On whose core the reactor may poll. */
class PollGateTest {
  private static final int SAMPLES_PER_SECOND = 20;

  private final PollGate gate = new PollGate();

  @Test
  void isShutUntilACoreIsKnownToBeFree() {
    assertFalse(gate.isOpen());
    gate.onSample(Optional.empty());
    assertFalse(gate.isOpen());
    sample(0.49, 0);
    assertFalse(gate.isOpen());
    sample(0.51, 0);
    assertTrue(gate.isOpen());
    gate.onSample(Optional.empty());
    assertFalse(gate.isOpen());
  }

  @Test
  void takesATenthOfACoreToGoOn() {
    sample(0.51, 0);
    sample(0.11, 0);
    assertTrue(gate.isOpen());
    sample(0.09, 0);
    assertFalse(gate.isOpen());
  }

  @Test
  void leavesTheWorkersWhatTheyUse() {
    sample(0.09, 2);
    assertFalse(gate.isOpen());
  }

  @Test
  void staysAwayTwiceAsLongEachTimeItLeftNothingIdle() {
    sample(1, 0);
    for (int seconds = 2; seconds <= 32; seconds *= 2) {
      sample(0, 0);
      assertEquals(seconds * SAMPLES_PER_SECOND, samplesUntilOpen());
    }
    for (int i = 0; i < 3; i++) {
      sample(0, 0);
      assertEquals(60 * SAMPLES_PER_SECOND, samplesUntilOpen());
    }
    for (int i = 0; i < 61 * SAMPLES_PER_SECOND; i++) {
      sample(0.2, 0);
    }
    sample(0, 0);
    assertEquals(SAMPLES_PER_SECOND, samplesUntilOpen(), "it had gone well for longer than that");
  }

  private int samplesUntilOpen() {
    int samples = 0;
    for (sample(1, 0); !gate.isOpen(); sample(1, 0)) {
      samples++;
    }
    return samples;
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
