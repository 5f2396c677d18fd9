package io.sounder.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** How our programs say that something failed: an exit code and one line. */
final class Refusals {
  private Refusals() {}

  static void assertRefused(Program program, int exitCode, String... saying)
      throws InterruptedException {
    assertEquals(exitCode, program.exitCode(), program::toString);
    List<String> lines =
        program.err().lines().filter(line -> !line.contains(OurServer.FEW_DESCRIPTORS)).toList();
    assertEquals(1, lines.size(), program::toString);
    assertTrue(lines.get(0).startsWith("sounder: "), program::toString);
    for (String part : saying) {
      assertTrue(lines.get(0).contains(part), () -> "expected " + part + " in " + program);
    }
  }
}
