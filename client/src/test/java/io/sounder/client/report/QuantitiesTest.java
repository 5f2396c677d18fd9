package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 ns",
    "999, 999 ns",
    "1000, 1.00 µs",
    "9994, 9.99 µs",
    "9996, 10.0 µs",
    "49200, 49.2 µs",
    "999499, 999 µs",
    "999600, 1.00 ms",
    "1270000000, 1.27 s",
    "59990000000, 60.0 s",
    "'3600000000000', '3,600 s'"
  })
  void durationsHaveThreeDigitsAndAUnit(long nanos, String text) {
    assertEquals(text, Quantities.duration(nanos));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 0 %",
    "10, 10, 100 %",
    "999999, 1000000, >99.99 %",
    "1, 1000000, <0.01 %",
    "1, 2, 50.0 %",
    "995, 1000, 99.50 %",
    "0, 0, 0 %"
  })
  void sharesNeverRoundSomethingAway(long part, long whole, String text) {
    assertEquals(text, Quantities.share(part, whole));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "999, 999", "1000, 1.00k", "176792, 177k", "1234567, 1.23M"})
  void countsCanBeShort(long count, String text) {
    assertEquals(text, Quantities.shortCount(count));
  }

  @Test
  void ratesHaveDecimalsOnlyWhereTheyAreSmall() {
    assertEquals("191,235/s", Quantities.rate(191_234.5));
    assertEquals("0.25/s", Quantities.rate(0.25));
  }
}
