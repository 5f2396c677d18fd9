package io.sounder.server.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sounder.server.fixture.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from the files of Linux, and what is made of it. */
class LinuxIdleCoresTest {
  private static final double UNLIMITED = Double.POSITIVE_INFINITY;

  @TempDir private Path folder;

  private final ManualClock clock = new ManualClock();
  private Path stat;
  private double poolNanos;
  private double processNanos;

  @BeforeEach
  void begin() throws Exception {
    stat = folder.resolve("stat");
    ticks(0, 0, 0);
  }

  /** Idle ticks of three cores; their other figures are there to be mistaken for them. */
  private void ticks(long core0, long core1, long core2) throws IOException {
    long all = core0 + core1 + core2;
    Files.writeString(
        stat,
        "cpu  900 901 902 "
            + all
            + " 0 905 906 907 0 0\n"
            + core(0, core0, 0)
            + core(1, core1 / 2, core1 - core1 / 2)
            + core(2, core2, 0)
            + "intr 9999 1 2 3\ncpufreq 1 2 3 4 5 6\n");
  }

  private static String core(int number, long idle, long ioWait) {
    return "cpu" + number + " 90 91 92 " + idle + " " + ioWait + " 95 96 97 0 0\n";
  }

  private LinuxIdleCores look(double quota, int... cores) {
    BitSet allowed = new BitSet();
    for (int core : cores) {
      allowed.set(core);
    }
    return new LinuxIdleCores(
        clock, new CpuTimes(stat, allowed), quota, () -> poolNanos, () -> processNanos);
  }

  private void pass(int millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  private static void assertSample(double machine, double pool, Optional<IdleCores.Sample> sample) {
    assertEquals(machine, sample.orElseThrow().machine(), 1e-9);
    assertEquals(pool, sample.orElseThrow().pool(), 1e-9);
  }

  @Test
  void tellsIdleCoresAndWhatThePoolUsedSinceTheLastLook() throws Exception {
    LinuxIdleCores idle = look(UNLIMITED, 0, 1, 2);
    assertTrue(idle.sinceLastLook().isEmpty(), "there was no last look");
    ticks(10, 5, 0); // 150 ms of the next 100 ms
    poolNanos = 25e6;
    pass(100);
    assertSample(1.5, 0.25, idle.sinceLastLook());
  }

  @Test
  void smoothsSinceTicksAreCoarse() throws Exception {
    LinuxIdleCores idle = look(UNLIMITED, 0, 1, 2);
    idle.sinceLastLook();
    ticks(10, 0, 0);
    pass(100);
    assertSample(1, 0, idle.sinceLastLook());
    pass(100);
    assertSample(0.6, 0, idle.sinceLastLook());
    pass(100);
    assertSample(0.36, 0, idle.sinceLastLook());
  }

  @Test
  void looksAtNoCoreButThoseThatTheProcessMayUse() throws Exception {
    LinuxIdleCores idle = look(UNLIMITED, 1);
    idle.sinceLastLook();
    ticks(10, 3, 10);
    pass(100);
    assertSample(0.3, 0, idle.sinceLastLook());
  }

  @Test
  void aQuotaLeavesNoMoreThanItsRest() throws Exception {
    LinuxIdleCores idle = look(0.5, 0, 1, 2);
    idle.sinceLastLook();
    ticks(10, 10, 0);
    processNanos = 30e6;
    pass(100);
    assertSample(0.2, 0, idle.sinceLastLook());
    processNanos = 130e6; // more than the quota: nothing is left, and not less
    pass(100);
    assertSample(0.6 * 0.2, 0, idle.sinceLastLook());
  }

  @Test
  void saysNothingOfNowByALookOfLongAgo() throws Exception {
    LinuxIdleCores idle = look(UNLIMITED, 0, 1, 2);
    idle.sinceLastLook();
    ticks(10, 10, 10);
    pass(100);
    assertSample(3, 0, idle.sinceLastLook());
    ticks(110, 110, 110);
    pass(1000);
    assertTrue(idle.sinceLastLook().isEmpty());
    pass(100);
    assertSample(0, 0, idle.sinceLastLook());
  }

  @Test
  void cannotTellWithoutTheFile() throws Exception {
    LinuxIdleCores idle = look(UNLIMITED, 0);
    idle.sinceLastLook();
    Files.delete(stat);
    pass(100);
    assertTrue(idle.sinceLastLook().isEmpty());
  }

  @Test
  void cannotTellOfCoresThatAreNotThere() {
    BitSet none = new BitSet();
    assertThrows(IOException.class, () -> new CpuTimes(stat, none).idleNanos());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0-1   | {0, 1}",
        "3     | {3}",
        "0,2-4 | {0, 2, 3, 4}",
        "0-63,65 | {0-63,65}",
        "many  | {}",
      })
  void readsWhichCoresItMayUse(String list, String cores) throws Exception {
    Path status = folder.resolve("status");
    Files.writeString(status, "Name:\tjava\nCpus_allowed:\tff\nCpus_allowed_list:\t" + list + "\n");
    BitSet allowed = CpuTimes.allowedCores(status);
    if (cores.contains("-")) {
      assertEquals(65, allowed.cardinality());
    } else {
      assertEquals(cores, allowed.toString());
    }
  }

  @Test
  void readsTheFilesOfThisMachine() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/stat")), "there is no /proc/stat");
    assertTrue(CpuTimes.ofThisProcess().idleNanos() > 0);
  }
}
