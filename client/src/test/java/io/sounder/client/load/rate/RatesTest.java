package io.sounder.client.load.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.outcome.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {
  @ParameterizedTest
  @CsvSource({
    "500, 500, 500",
    "50k, 50000, 50k",
    "1.5k, 1500, 1500",
    "1M, 1000000, 1M",
    "100M, 100000000, 100M",
    "2.5, 2.5, 2.5",
    "0.001, 0.001, 0.001",
    ".5, 0.5, 0.5",
    "1000, 1000, 1k",
    "0.0015k, 1.5, 1.5"
  })
  void aRateIsANumberWithOrWithoutAUnit(String text, double perSecond, String shown) {
    assertEquals(perSecond, Rates.parse("--rate", text));
    assertEquals(shown, Rates.text(perSecond));
    assertEquals(perSecond, Rates.parse("--rate", shown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-5", "k", "5kk", "5 k", "1e6", "fast", "5G", "0.0001", "50k/s", "NaN", "5m"})
  void whatIsNoRateIsRefusedWithAnExample(String text) {
    UsageException failure =
        assertThrows(UsageException.class, () -> Rates.parse("--rate", text), text);
    assertEquals(
        "--rate: '"
            + text
            + "' is not a rate in requests per second, to a thousandth, such as 500, 2.5 or 50k",
        failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0k", "100.1M", "100000001", "9000000000000M"})
  void aRateThatCannotBePlannedIsRefusedWithTheRange(String text) {
    UsageException failure =
        assertThrows(UsageException.class, () -> Rates.parse("--rate", text), text);
    assertEquals(
        "--rate " + text + " is out of range; allowed is 0.001 to 100M requests per second",
        failure.getMessage());
  }

  @Test
  void theRatePerConnectionIsMultipliedAndCheckedAgain() {
    assertEquals(64_000, Rates.parsePerConnection("--rate-per-connection", "1k", 64));
    UsageException failure =
        assertThrows(
            UsageException.class,
            () -> Rates.parsePerConnection("--rate-per-connection", "1M", 101));
    assertTrue(
        failure.getMessage().startsWith("--rate-per-connection 1M on 101 connections is out of"),
        failure.getMessage());
  }

  @Test
  void twoWaysOfSayingTheRateExcludeEachOther() {
    Rates.checkOnlyOne(List.of("--rate"));
    UsageException failure =
        assertThrows(
            UsageException.class, () -> Rates.checkOnlyOne(List.of("--rate", "--find-max")));
    assertEquals(
        "--rate and --find-max exclude each other; give only one of them", failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "1k:5k:1k, '1000,2000,3000,4000,5000'",
    "1k:5k:1.5k, '1000,2500,4000'",
    "5k:1k:2k, '5000,3000,1000'",
    "0.1:0.4:0.1, '0.1,0.2,0.30000000000000004,0.4'",
    "7:7:1, '7'",
    "1:2:5, '1'"
  })
  void aSweepGoesFromOneRateToTheOther(String text, String rates) {
    List<Double> expected = List.of(rates.split(",")).stream().map(Double::valueOf).toList();
    assertEquals(expected, Sweep.parse("--sweep", text));
  }

  @Test
  void aSweepHasSoManyStepsThatSomebodyAwaitsThem() {
    assertEquals(1000, Sweep.parse("--sweep", "1:1000:1").size());
    UsageException failure =
        assertThrows(UsageException.class, () -> Sweep.parse("--sweep", "1:100M:0.001"));
    assertEquals(
        "--sweep 1:100M:0.001 is 99999999001 steps; at most 1000 are allowed",
        failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1k", "1k:2k", "1k:2k:1k:1k", "1k::1k", "0:5:1", "1k:2k:0"})
  void whatIsNoSweepIsRefused(String text) {
    assertThrows(UsageException.class, () -> Sweep.parse("--sweep", text));
  }

  @Test
  void arrivalsAreUniformOrPoisson() {
    assertEquals(ArrivalProcess.UNIFORM, ArrivalProcess.parse("--arrivals", "uniform"));
    assertEquals(ArrivalProcess.POISSON, ArrivalProcess.parse("--arrivals", "poisson"));
    UsageException failure =
        assertThrows(UsageException.class, () -> ArrivalProcess.parse("--arrivals", "burst"));
    assertEquals("--arrivals: 'burst' is none of uniform, poisson", failure.getMessage());
  }
}
