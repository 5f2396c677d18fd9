package io.sounder.bench.race.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.bench.race.result.Judgement.Outcome;
import io.sounder.bench.race.result.Target.Against;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
  private static Sample sample(double rate) {
    return new Sample(rate, 1e9 / rate, 2e9 / rate, 3e9 / rate, 5000, 1 << 20, 0.9, 0);
  }

  /** Another that did 100/s each time, beside Sounder's rates. */
  private static Standing standing(String name, double... sounderRates) {
    List<Pair> pairs =
        DoubleStream.of(sounderRates)
            .mapToObj(rate -> new Pair(sample(100), sample(rate)))
            .toList();
    return new Standing(name, pairs, null);
  }

  private static Standing other(String name, double rate, double sounderRate) {
    return new Standing(name, List.of(new Pair(sample(rate), sample(sounderRate))), null);
  }

  private static Sample failing(long failed) {
    return new Sample(200, 5e6, 1e7, 2e7, 5000, 1 << 20, 0.9, failed);
  }

  private static Judgement judge(Target target, Standing... others) {
    ShapeResult shape = new ShapeResult("64", List.of(), List.of(others));
    return Judgement.of(target, List.of(shape)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "106, 107, 108, AIM_REACHED",
    "98, 100, 104, MET",
    "90, 92, 99, WITHIN_NOISE",
    "90, 91, 92, MISSED"
  })
  void aTargetIsMissedOnlyIfAllOfTheIntervalIs(double a, double b, double c, Outcome outcome) {
    Target target = new Target("64", Against.FLOOR, Figure.RATE, 0.97, 1.05);
    assertEquals(outcome, judge(target, standing(Names.FLOOR, a, b, c)).outcome());
  }

  @ParameterizedTest
  @CsvSource({"100, 102, 104, MET", "75, 70, 99, WITHIN_NOISE", "70, 71, 75, MISSED"})
  void ofLatenciesLessIsBetter(double a, double b, double c, Outcome outcome) {
    Target target = new Target("64", Against.FLOOR, Figure.P99, 1.25, Double.NaN);
    assertEquals(outcome, judge(target, standing(Names.FLOOR, a, b, c)).outcome());
  }

  @Test
  void ofNettysSettingsTheOneThatDidBestCounts() {
    Standing slow = standing(Names.NETTY_ONE_LOOP.get(0), 130, 130, 130);
    Standing fast = other(Names.NETTY_DEFAULTS.get(1), 120, 130);
    Target target = new Target("64", Against.NETTY_BEST, Figure.RATE, 1.0, 1.05);
    Judgement judgement = judge(target, slow, fast);
    assertEquals(fast.server(), judgement.server());
    assertEquals(130.0 / 120, judgement.ratio().median(), 1e-9);
  }

  @Test
  void ofNettysLatenciesTheLeastCountsWhereverItStands() {
    Target target = new Target("1", Against.NETTY_BEST, Figure.P50, 1.0, Double.NaN);
    Standing slow = other(Names.NETTY_ONE_LOOP.get(0), 90, 100);
    Standing fast = other(Names.NETTY_ONE_LOOP.get(1), 125, 100);
    Standing between = other(Names.NETTY_DEFAULTS.get(0), 110, 100);
    for (List<Standing> order :
        List.of(List.of(slow, fast, between), List.of(fast, between, slow))) {
      Judgement judgement =
          Judgement.of(target, List.of(new ShapeResult("1", List.of(), order))).orElseThrow();
      assertEquals(fast.server(), judgement.server());
      assertEquals(1.25, judgement.ratio().median(), 1e-9);
      assertEquals(Outcome.MISSED, judgement.outcome());
    }
  }

  @Test
  void ofNettysDefaultsTheTunedOnesDoNotCount() {
    Target target = new Target("64", Against.NETTY_DEFAULTS, Figure.RATE, 1.0, Double.NaN);
    Standing tuned = other(Names.NETTY_ONE_LOOP.get(0), 200, 100);
    Standing defaults = other(Names.NETTY_DEFAULTS.get(2), 80, 100);
    assertEquals(defaults.server(), judge(target, tuned, defaults).server());
  }

  @Test
  void datagramsThatSounderLostMissATargetWhateverItsRate() {
    Judgement judgement = judgeWithFailures("udp-64");
    assertEquals(Outcome.MISSED, judgement.outcome());
    assertEquals(7, judgement.lost());
  }

  @Test
  void overTcpNothingCountsAsLost() {
    Judgement judgement = judgeWithFailures("64");
    assertEquals(Outcome.AIM_REACHED, judgement.outcome());
    assertEquals(0, judgement.lost());
  }

  private static Judgement judgeWithFailures(String shape) {
    Target target = new Target(shape, Against.FLOOR, Figure.RATE, 0.88, 0.95);
    List<Sample> sounder = List.of(failing(3), sample(200), failing(4));
    Standing floor = other(Names.FLOOR, 100, 200);
    return Judgement.of(target, List.of(new ShapeResult(shape, sounder, List.of(floor))))
        .orElseThrow();
  }

  @Test
  void whatWasNotMeasuredIsNotJudged() {
    Target target = new Target("64", Against.FLOOR, Figure.RATE, 0.97, 1.05);
    Standing absent = new Standing(Names.FLOOR, List.of(), "there is no gcc to compile it");
    ShapeResult shape = new ShapeResult("64", List.of(), List.of(absent));
    assertEquals(Optional.empty(), Judgement.of(target, List.of(shape)));
    assertEquals(Optional.empty(), Judgement.of(target, List.of()));
  }
}
