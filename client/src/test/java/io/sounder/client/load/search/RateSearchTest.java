package io.sounder.client.load.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.search.Finding.Ending;
import io.sounder.client.load.slo.Slo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateSearchTest {
  private static final Slo SLO = Slo.parse("--find-max", "p99<2ms");
  private static final double START = 1_000;
  private static final double KNEE = 0.95; // the load at which a soft knee answers in 2 ms
  private static final int DRAWS = 200;

  private static long elapsedNanos; // of the last search

  private static RateSearch search(SimulatedServer server) {
    return search(server, START);
  }

  private static RateSearch search(SimulatedServer server, double start) {
    RateSearch search = new RateSearch(SLO, start);
    elapsedNanos = 0;
    for (int i = 0; i < 100 && search.next().isPresent(); i++) {
      StepOutcome outcome = server.run(search.next().orElseThrow());
      elapsedNanos += outcome.elapsedNanos();
      search.onOutcome(outcome);
    }
    assertTrue(search.next().isEmpty(), "it comes to an end");
    return search;
  }

  /** Evenly drawn on a scale of magnitudes, from 500/s to 5M/s. */
  private static double drawLimit(Random random) {
    return 500 * Math.pow(10_000, random.nextDouble());
  }

  private static void assertWithin(double limit, Finding finding, String what) {
    double share = finding.perSecond() / limit;
    assertTrue(share >= 0.95 && share <= 1.0, what + ": " + finding + " of " + limit);
    assertTrue(elapsedNanos <= 60_000_000_000L, what + " took " + elapsedNanos);
  }

  @Test
  void aHardLimitIsFoundWithinFivePercentAndAMinute() {
    Random random = new Random(1);
    for (int i = 0; i < DRAWS; i++) {
      double limit = drawLimit(random);
      Finding finding = search(SimulatedServer.hardLimit(limit)).finding();
      assertEquals(Ending.FOUND, finding.ending());
      assertWithin(limit, finding, "draw " + i);
      assertEquals(0, finding.exitCode());
    }
  }

  @Test
  void aLimitWhereLatencyRisesSlowlyIsFoundAsWell() {
    Random random = new Random(2);
    for (int i = 0; i < DRAWS; i++) {
      double limit = drawLimit(random);
      Finding finding = search(SimulatedServer.softKnee(limit / KNEE)).finding();
      assertEquals(Ending.FOUND, finding.ending());
      assertWithin(limit, finding, "draw " + i);
    }
  }

  @Test
  void stepsThatFailForNoReasonHardlyEverMislead() {
    Random random = new Random(3);
    int misled = 0;
    for (int i = 0; i < 1000; i++) {
      double limit = drawLimit(random);
      SimulatedServer server =
          SimulatedServer.noisy(SimulatedServer.hardLimit(limit), 0.05, random);
      double share = search(server).finding().perSecond() / limit;
      assertTrue(elapsedNanos <= 60_000_000_000L, "draw " + i + " took " + elapsedNanos);
      assertFalse(share > 1, "never more than there is");
      if (!(share >= 0.95)) {
        misled++;
      }
    }
    assertTrue(misled <= 10, misled + " of 1000 searches found too little");
  }

  @Test
  void fiveSearchesAgainstANoisyServerAgreeWithinFivePercent() {
    Random random = new Random(4);
    SimulatedServer server = SimulatedServer.noisy(SimulatedServer.hardLimit(20_000), 0.05, random);
    for (int i = 0; i < 5; i++) {
      double found = search(server).finding().perSecond();
      assertTrue(found >= 19_000 && found <= 20_000, "found " + found);
    }
  }

  @Test
  void theClientsOwnLimitIsToldFromTheServers() {
    Random random = new Random(5);
    for (int i = 0; i < DRAWS; i++) {
      double limit = drawLimit(random);
      SimulatedServer server = SimulatedServer.hardLimit(limit);
      Finding clientFirst = search(SimulatedServer.limitedClient(server, limit / 1.5)).finding();
      assertEquals(Ending.CLIENT_LIMITED, clientFirst.ending());
      assertWithin(limit / 1.5, clientFirst, "draw " + i);
      assertEquals(6, clientFirst.exitCode());

      Finding serverFirst = search(SimulatedServer.limitedClient(server, limit * 1.2)).finding();
      assertEquals(Ending.FOUND, serverFirst.ending(), "though both fail at twice the limit");
      assertWithin(limit, serverFirst, "draw " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 50, 100_000, 10_000_000, 100_000_000})
  void anyStartWillDo(double start) {
    Finding finding = search(SimulatedServer.hardLimit(20_000), start).finding();
    assertEquals(Ending.FOUND, finding.ending());
    assertWithin(20_000, finding, "from " + start);
  }

  @Test
  void aServerThatHoldsNoRateEndsTheSearchBelow() {
    RateSearch search = search(SimulatedServer.hardLimit(0.5));
    assertEquals(Ending.NONE, search.finding().ending());
    assertTrue(Double.isNaN(search.finding().perSecond()));
    assertEquals(4, search.finding().exitCode());
    assertEquals(1, search.results().get(search.results().size() - 1).step().perSecond());
  }

  @Test
  void aClientThatIsTheLimitAtOnceSaysSo() {
    SimulatedServer server = SimulatedServer.limitedClient(SimulatedServer.hardLimit(1e9), 0);
    assertEquals(new Finding(Ending.CLIENT_LIMITED, Double.NaN), search(server).finding());
  }

  @Test
  void aServerWithoutLimitEndsTheSearchAtTheHighestRate() {
    Finding finding = search(SimulatedServer.hardLimit(1e9)).finding();
    assertEquals(new Finding(Ending.AT_LEAST, 100_000_000), finding);
  }

  @Test
  void theStepsAreARampThenABisectionThenALongerConfirmation() {
    RateSearch search = search(SimulatedServer.hardLimit(20_000));
    List<Phase> phases = new ArrayList<>();
    search.results().stream()
        .map(result -> result.step().phase())
        .filter(phase -> phases.isEmpty() || phases.get(phases.size() - 1) != phase)
        .forEach(phases::add);
    assertEquals(
        List.of(Phase.RAMP, Phase.BISECT, Phase.CONFIRM, Phase.BISECT),
        phases,
        "and in the end the failure above must show again");
    assertEquals(
        List.of(1000.0, 2000.0, 4000.0, 8000.0, 16000.0, 32000.0, 32000.0),
        search.results().stream()
            .filter(result -> result.step().phase() == Phase.RAMP)
            .map(result -> result.step().perSecond())
            .toList(),
        "a failing step of the ramp is run twice");
    LongStream confirmations =
        search.results().stream()
            .filter(result -> result.step().phase() == Phase.CONFIRM)
            .mapToLong(result -> result.step().measureNanos());
    assertEquals(List.of(5_000_000_000L), confirmations.boxed().toList());
  }

  @Test
  void aRateThatHoldsOnlyForASecondIsSteppedDownFrom() {
    SimulatedServer shortly = SimulatedServer.hardLimit(20_000);
    SimulatedServer atLength = SimulatedServer.hardLimit(19_000);
    RateSearch search =
        search(step -> (step.phase() == Phase.CONFIRM ? atLength : shortly).run(step));
    assertEquals(Ending.FOUND, search.finding().ending());
    assertEquals(18_700, search.finding().perSecond(), 500);
    List<Double> confirmations =
        search.results().stream()
            .filter(result -> result.step().phase() == Phase.CONFIRM)
            .map(result -> result.step().perSecond())
            .toList();
    assertTrue(confirmations.size() >= 2, "tried " + confirmations);
    for (int i = 1; i < Math.min(3, confirmations.size()); i++) {
      assertEquals(0.97, confirmations.get(i) / confirmations.get(i - 1), 0.01);
    }
  }

  @Test
  void aRateThatHoldsAtLengthIsFoundFarBelowOneThatHoldsForASecond() {
    Random random = new Random(6);
    for (int i = 0; i < DRAWS; i++) {
      SimulatedServer shortly = SimulatedServer.hardLimit(20_000);
      double limit = 20_000 * (0.3 + 0.65 * random.nextDouble());
      SimulatedServer atLength = SimulatedServer.hardLimit(limit);
      Finding finding =
          search(step -> (step.phase() == Phase.CONFIRM ? atLength : shortly).run(step)).finding();
      assertEquals(Ending.FOUND, finding.ending());
      double share = finding.perSecond() / limit;
      assertTrue(share > 0.5 && share <= 1, "draw " + i + ": " + finding + " of " + limit);
      assertTrue(elapsedNanos <= 60_000_000_000L);
    }
  }

  @Test
  void whatHoldsOnlyForASecondIsNotFound() {
    SimulatedServer shortly = SimulatedServer.hardLimit(20_000);
    SimulatedServer atLength = SimulatedServer.hardLimit(0.5);
    Finding finding =
        search(step -> (step.phase() == Phase.CONFIRM ? atLength : shortly).run(step)).finding();
    assertEquals(Ending.UNCONFIRMED, finding.ending());
    assertTrue(Double.isNaN(finding.perSecond()));
    assertTrue(elapsedNanos <= 60_000_000_000L);
  }

  @Test
  void noConfirmationStepsBackBelowTheLowestRate() {
    SimulatedServer shortly = SimulatedServer.hardLimit(3);
    SimulatedServer atLength = SimulatedServer.hardLimit(0.01);
    RateSearch search =
        search(step -> (step.phase() == Phase.CONFIRM ? atLength : shortly).run(step));
    assertEquals(Ending.UNCONFIRMED, search.finding().ending());
    search
        .results()
        .forEach(result -> assertTrue(result.step().perSecond() >= 1, result.step().toString()));
  }

  @Test
  void aClientThatLagsIsNotTheLimitWhileTheObjectiveIsKept() {
    SimulatedServer server = SimulatedServer.hardLimit(20_000);
    Finding finding =
        search(
                step -> {
                  StepOutcome outcome = server.run(step);
                  return new StepOutcome(outcome.measured(), step.perSecond() < 10_000, 1);
                })
            .finding();
    assertEquals(Ending.FOUND, finding.ending());
    assertWithin(20_000, finding, "past the lag");
  }

  @Test
  void aConfirmationInWhichTheClientWasInTheWayIsRunAgain() {
    SimulatedServer server = SimulatedServer.hardLimit(20_000);
    List<Double> confirmations = new ArrayList<>();
    Finding finding =
        search(
                step -> {
                  if (step.phase() == Phase.CONFIRM) {
                    confirmations.add(step.perSecond());
                    return confirmations.size() == 1 ? clientLimited(step) : server.run(step);
                  }
                  return server.run(step);
                })
            .finding();
    assertEquals(Ending.FOUND, finding.ending());
    assertWithin(20_000, finding, "after a hiccup of the client");
    assertEquals(confirmations.get(0), confirmations.get(1));
  }

  @Test
  void aFailureOfTheServiceRightAboveWhatHeldIsItsLimit() {
    SimulatedServer server = SimulatedServer.hardLimit(20_000);
    RateSearch search =
        search(
            step ->
                step.phase() == Phase.CONFIRM && step.perSecond() > 19_000
                    ? clientLimited(step)
                    : server.run(step));
    assertEquals(Ending.FOUND, search.finding().ending(), search.results().toString());
    assertEquals(18_700, search.finding().perSecond(), 500);
  }

  @Test
  void aFailureOfTheServiceFarAboveWhatHeldIsNot() {
    SimulatedServer server = SimulatedServer.hardLimit(20_000);
    RateSearch search =
        search(
            step ->
                step.phase() == Phase.CONFIRM && step.perSecond() > 17_000
                    ? clientLimited(step)
                    : server.run(step));
    assertEquals(Ending.CLIENT_LIMITED, search.finding().ending(), search.results().toString());
    assertTrue(search.finding().perSecond() < 17_000);
  }

  @Test
  void aClientThatCanConfirmNothingIsTheLimit() {
    SimulatedServer server = SimulatedServer.hardLimit(20_000);
    RateSearch search =
        search(step -> step.phase() == Phase.CONFIRM ? clientLimited(step) : server.run(step));
    assertEquals(new Finding(Ending.CLIENT_LIMITED, Double.NaN), search.finding());
    assertTrue(elapsedNanos <= 60_000_000_000L);
  }

  /** What it takes for a step to say nothing about the service. */
  private static StepOutcome clientLimited(Step step) {
    StepOutcome failed = SimulatedServer.hardLimit(step.perSecond() / 2).run(step);
    return new StepOutcome(failed.measured(), true, failed.elapsedNanos());
  }

  @Test
  void aServerThatKeepsTheSearchWaitingIsGivenUpInTime() {
    SimulatedServer slow =
        SimulatedServer.slowToEnd(SimulatedServer.hardLimit(20_000), 3_000_000_000L);
    Finding finding = search(slow).finding();
    assertTrue(elapsedNanos <= 64_000_000_000L, "one wait above the minute, took " + elapsedNanos);
    assertTrue(finding.perSecond() >= 16_000 && finding.perSecond() <= 20_000, "" + finding);
  }

  @Test
  void tooFewRepliesAreNotEnoughThoughTheObjectiveHolds() {
    Slo lenient = Slo.parse("--find-max", "p99<10s");
    RateSearch search = new RateSearch(lenient, 20_000);
    StepResult result =
        search.onOutcome(SimulatedServer.hardLimit(19_000).run(search.next().orElseThrow()));
    assertEquals(StepVerdict.RATE_MISSED, result.verdict());
  }

  @Test
  void aSearchThatIsStoppedHasFoundWhatWasConfirmed() {
    RateSearch search = new RateSearch(SLO, START);
    search.onOutcome(SimulatedServer.hardLimit(20_000).run(search.next().orElseThrow()));
    assertEquals(new Finding(Ending.UNFINISHED, Double.NaN), search.finding());
    assertEquals(130, search.finding().exitCode());
  }

  @Test
  void afterItsEndItTakesNoMoreSteps() {
    RateSearch search = search(SimulatedServer.hardLimit(0.5));
    Step step = search.results().get(0).step();
    StepOutcome outcome = SimulatedServer.hardLimit(1).run(step);
    assertThrows(IllegalStateException.class, () -> search.onOutcome(outcome));
  }
}
