package io.sounder.protocol.endpoint;

import static io.sounder.protocol.endpoint.Refusal.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0s, 0",
    "1ns, 1",
    "1us, 1000",
    "1ms, 1000000",
    "1s, 1000000000",
    "1m, 60000000000",
    "1h, 3600000000000",
    "1.5s, 1500000000",
    ".5ms, 500000",
    "0.4ns, 0",
    "0.5ns, 1",
    "007s, 7000000000",
    "2562047h, 9223369200000000000",
    "9223372036854775807ns, 9223372036854775807"
  })
  void readsDurations(String text, long nanos) {
    assertEquals(nanos, Units.durationNanos(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "5", "s", "-5s", "+5s", "5 s", " 5s", "5s ", "5x", "5sx", "1e3s", "5.s", "1,5s", "0x5s",
        "٥s", "5d", "5KiB"
      })
  void refusesWhatIsNoDuration(String text) {
    assertEquals(
        "'" + text + "' is not a duration with a unit (ns, us, ms, s, m or h), such as 1.5s",
        Refusal.of(() -> Units.durationNanos(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "5sec,        5s",
    "5S,          5s",
    "10 ,         ''",
    "1.5hours,    1.5h",
    "2min,        2m",
    "5MS,         5ms",
    "5µs,         5us",
    "5d,          ''",
  })
  void asksWhetherAKnownUnitWasMeant(String text, String meant) {
    String said = Refusal.of(() -> Units.durationNanos(text));
    assertEquals(meant.isEmpty() ? "" : " (did you mean " + meant + "?)", question(said));
  }

  @ParameterizedTest
  @CsvSource({"64kb, 64KB", "64kib, 64KiB", "1m, 1MB", "1K, 1KB", "10bytes, 10B", "1TB, ''"})
  void asksWhetherAKnownUnitOfSizeWasMeant(String text, String meant) {
    String said = Refusal.of(() -> Units.sizeBytes(text));
    assertEquals(meant.isEmpty() ? "" : " (did you mean " + meant + "?)", question(said));
  }

  private static String unasked(String said) {
    return said.substring(0, said.length() - question(said).length());
  }

  private static String question(String said) {
    int begin = said.indexOf(" (did you mean");
    return begin < 0 ? "" : said.substring(begin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808ns", "2562048h", "9223372036854775807.5ns"})
  void refusesDurationsBeyond64Bits(String text) {
    assertSays(
        Refusal.of(() -> Units.durationNanos(text)), "'" + text + "' is too large; expected");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "64, 64",
    "64B, 64",
    "1KB, 1000",
    "1KiB, 1024",
    "1MB, 1000000",
    "1MiB, 1048576",
    "1GB, 1000000000",
    "1GiB, 1073741824",
    "1.5KiB, 1536",
    "0.5KB, 500",
    "9223372036854775807, 9223372036854775807"
  })
  void readsSizes(String text, long bytes) {
    assertEquals(bytes, Units.sizeBytes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KiB", "-1", "1kB", "1kb", "1K", "1k", "64 KiB", "1s"})
  void refusesWhatIsNoSize(String text) {
    assertEquals(
        "'"
            + text
            + "' is not a size in bytes, or with a unit (B, KB, KiB, MB, MiB, GB or GiB), such as"
            + " 64KiB",
        unasked(Refusal.of(() -> Units.sizeBytes(text))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "1.0001KB"})
  void refusesPartsOfAByte(String text) {
    assertSays(Refusal.of(() -> Units.sizeBytes(text)), "'" + text + "' is no whole number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "8589934592GiB"})
  void refusesSizesBeyond64Bits(String text) {
    assertSays(Refusal.of(() -> Units.sizeBytes(text)), "'" + text + "' is too large");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "500, 500", "50k, 50000", "2.5k, 2500", "1M, 1000000", ".1k, 100"})
  void readsCounts(String text, long count) {
    assertEquals(count, Units.count(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "1K", "1m", "1G", "1 k", "1KiB", "ten"})
  void refusesWhatIsNoCount(String text) {
    assertEquals(
        "'" + text + "' is not a whole number, such as 500 or 10k",
        unasked(Refusal.of(() -> Units.count(text))));
  }

  @Test
  void refusesEndlessDigitsWithoutReadingThem() {
    String refusal = Refusal.of(() -> Units.count("9".repeat(1_000_000)));
    assertSays(refusal, "'" + "9".repeat(40) + "…' is not a whole number");
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "300000000000, 5m", "1500000000, 1500ms", "1, 1ns", "3600000000000, 1h"})
  void showsDurationsInTheLargestUnitThatFits(long nanos, String text) {
    assertEquals(text, Units.durationText(nanos));
  }

  @ParameterizedTest
  @CsvSource({"0, 0B", "65536, 64KiB", "1000, 1000B", "16777216, 16MiB", "1073741824, 1GiB"})
  void showsSizesInTheLargestUnitThatFits(long bytes, String text) {
    assertEquals(text, Units.sizeText(bytes));
  }

  @Test
  void readsWhatItShows() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >>> (1 + random.nextInt(60));
      assertEquals(value, Units.durationNanos(Units.durationText(value)));
      assertEquals(value, Units.sizeBytes(Units.sizeText(value)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1B/s, 1", "1/s, 1", "1KB/s, 1000", "1.5KiB/s, 1536", "0/s, 0"})
  void readsBytesPerSecond(String text, long rate) {
    assertEquals(rate, Units.bytesPerSecond(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1KB", "/s", "1KB/m", "1KBps", "1Kb/s", "1k/s", "1KB/s/s", "-1B/s"})
  void refusesWhatIsNoRateInBytes(String text) {
    assertSays(
        Refusal.of(() -> Units.bytesPerSecond(text)),
        "is not a rate in bytes per second, such as 1KB/s");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "100, 100", "0.1, 0.1", ".5, 0.5", "99.999, 99.999", "1.0, 1"})
  void readsPercents(String text, double percent) {
    assertEquals(percent, Units.percent(text).doubleValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1%", "1e1", "NaN", "1,5", "5k", "."})
  void refusesWhatIsNoPercent(String text) {
    assertEquals(
        "'" + text + "' is not a number of percent", Refusal.of(() -> Units.percent(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"100.0001", "101", "9999999999999999999999"})
  void refusesMoreThanAll(String text) {
    assertEquals("'" + text + "' percent is more than all", Refusal.of(() -> Units.percent(text)));
  }
}
