package io.sounder.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How our programs say that something failed: an exit code and one line. */
final class Refusals {
  private Refusals() {}

  static void assertRefused(Program program, int exitCode, String... saying)
      throws InterruptedException {
    assertEquals(exitCode, program.exitCode(), program::toString);
    assertEquals(1, program.err().lines().count(), program::toString);
    assertTrue(program.err().startsWith("sounder: "), program::toString);
    for (String part : saying) {
      assertTrue(program.err().contains(part), () -> "expected " + part + " in " + program);
    }
  }
}
