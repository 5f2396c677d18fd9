package io.sounder.client.report.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.report.compare.Comparison.Outcome;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.SyntheticRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparerTest {
  private static final Map<Integer, List<Document>> STEADY = new HashMap<>();

  @Test
  void aRegressionOfAFifthIsFound() {
    for (int seed = 0; seed < 5; seed++) {
      Comparison comparison =
          compare(steady(seed), run(1000 + seed, run -> run.slowdown(1.2)), "p99>+10%");
      assertEquals(Outcome.REGRESSION, outcome(comparison), "seed " + seed + show(comparison));
      assertEquals(4, comparison.exitCode());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"p50>+10%", "p99>+10%", "p99.9>+10%", "max>+10%", "rate<-5%"})
  void runsOfTheSameAreNoRegression(String condition) {
    for (int seed = 0; seed < 8; seed++) {
      Comparison comparison = compare(steady(seed), steady(1000 + seed), condition);
      assertTrue(outcome(comparison) != Outcome.REGRESSION, "seed " + seed + show(comparison));
      assertEquals(0, comparison.exitCode());
    }
  }

  @Test
  void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    int held = 0;
    int all = 80;
    for (int seed = 0; seed < all; seed++) {
      UnaryOperator<SyntheticRun> unsteady =
          run -> run.seconds(12).perSecond(500).unsteadiness(0.1);
      Comparison comparison =
          compare(
              run(seed, unsteady),
              run(5000 + seed, unsteady.andThen(r -> r.slowdown(1.2))::apply),
              "p50>+10%");
      Estimate estimate = comparison.findings().get(0).estimate();
      if (estimate.low() < 0.2 && 0.2 < estimate.high()) {
        held++;
      }
    }
    // of 80 at 95 %, fewer than 69 would be a chance of one in a thousand
    assertTrue(held >= 69, held + " of " + all);
  }

  @Test
  void oneStalledSecondIsNoise() {
    Comparison comparison =
        compare(steady(1), run(2, run -> run.stall(7, 900)), "p99>+10%,max>+50%");
    assertEquals(Outcome.WITHIN_NOISE, outcome(comparison), show(comparison));
    assertEquals(0, comparison.exitCode());
  }

  @Test
  void severalRunsThatDifferAmongEachOtherWidenTheInterval() {
    List<Document> base = new ArrayList<>();
    List<Document> fresh = new ArrayList<>();
    double[] moods = {1.0, 1.6, 1.25, 1.4, 1.05, 1.7};
    for (int i = 0; i < 3; i++) {
      double mood = moods[i];
      double other = moods[i + 3];
      base.add(run(i, run -> run.slowdown(mood)).get(0));
      fresh.add(run(100 + i, run -> run.slowdown(other)).get(0));
    }
    Comparison alone = compare(base.subList(0, 1), fresh.subList(0, 1), "p99>+10%");
    assertEquals(Outcome.REGRESSION, outcome(alone), show(alone));
    Comparison together = compare(base, fresh, "p99>+5%");
    assertEquals(Outcome.WITHIN_NOISE, outcome(together), show(together));
  }

  @Test
  void severalSteadyRunsFindWhatOneFindsToo() {
    List<Document> base = new ArrayList<>();
    List<Document> fresh = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      base.add(steady(i).get(0));
      fresh.add(run(100 + i, run -> run.slowdown(1.2)).get(0));
    }
    Comparison comparison = compare(base, fresh, "p99>+10%,p50>+10%,service.p99>+10%");
    comparison
        .findings()
        .forEach(each -> assertEquals(Outcome.REGRESSION, each.outcome(), show(comparison)));
  }

  @Test
  void theSameDocumentsGiveTheSameNumbers() {
    Comparison one = compare(steady(1), steady(2), "p99>+10%");
    Comparison again = compare(steady(1), steady(2), "p99>+10%");
    assertEquals(one.rows(), again.rows());
    assertEquals(one.findings(), again.findings());
  }

  @Test
  void aBoundJudgesTheNewRunByItself() {
    Comparison comparison = compare(steady(1), steady(2), "p50>50us,p50>200us,p99<2ms,errors>0.5%");
    List<Outcome> outcomes =
        comparison.findings().stream().map(Comparison.Finding::outcome).toList();
    assertEquals(List.of(Outcome.REGRESSION, Outcome.OK, Outcome.REGRESSION, Outcome.OK), outcomes);
  }

  @Test
  void moreErrorsAreFoundInPointsOfTheRequests() {
    List<Document> failing = run(2, run -> run.errors(400, 0, 0));
    Comparison comparison = compare(steady(1), failing, "errors>+0.1%");
    assertEquals(0.0066, comparison.findings().get(0).estimate().effect(), 0.0002);
    // all in one second: it may as well have been a mishap
    assertEquals(Outcome.WITHIN_NOISE, outcome(comparison), show(comparison));
    assertEquals(0, comparison.exitCode(), "the condition judges failures instead of the verdict");

    List<Document> everywhere =
        run(
            2,
            run ->
                run.errors(400, 0, 0)
                    .change(
                        root ->
                            root.get("intervals")
                                .forEach(each -> ((ObjectNode) each).put("errors", 13))));
    assertEquals(Outcome.REGRESSION, outcome(compare(steady(1), everywhere, "errors>+0.1%")));
  }

  @Test
  void tooLittleDataIsSaidAndIsNoPass() {
    Comparison brief = compare(run(1, run -> run.seconds(5)), steady(2), "p99>+10%,p99>5ms");
    assertEquals(Outcome.NOT_ENOUGH_DATA, outcome(brief));
    assertEquals(
        "base has 5 whole intervals, and 8 are needed",
        brief.findings().get(0).estimate().unknown());
    assertEquals(Outcome.OK, brief.findings().get(1).outcome(), "a bound needs no base");
    assertEquals(2, brief.exitCode());

    UnaryOperator<SyntheticRun> few = run -> run.perSecond(100);
    assertEquals(
        Outcome.NOT_ENOUGH_DATA, outcome(compare(run(1, few), run(2, few), "p99.99>+10%")));
    List<Document> old = run(1, run -> run.change(root -> root.remove("intervals")));
    assertEquals(Outcome.NOT_ENOUGH_DATA, outcome(compare(old, steady(2), "p99>+10%")));
  }

  @Test
  void runsThatAreOfNoUseAreSaidAndDecideAboutTheExitCode() {
    List<Document> good = steady(1);
    assertEquals(7, compare(good, run(2, run -> run.errors(3, 0, 0)), "p99>+10%").exitCode());
    assertEquals(5, compare(good, run(2, run -> run.errors(0, 0, 1)), "errors>1%").exitCode());
    List<Document> limited =
        run(2, run -> run.slowdown(2).change(root -> root.put("verdict", "CLIENT-LIMITED")));
    Comparison comparison = compare(limited, run(3, run -> run.slowdown(4)), "p99>+10%");
    assertEquals(6, comparison.exitCode(), "though there is a regression too");
    assertTrue(
        comparison.warnings().contains("run 2 is CLIENT-LIMITED: every reply verified"),
        comparison.warnings().toString());
  }

  @Test
  void whatWasMeasuredDifferentlyIsSaid() {
    List<Document> other =
        run(
            2,
            run ->
                run.change(
                    root -> {
                      ObjectNode environment = (ObjectNode) root.get("environment");
                      environment.put("cores", 8);
                      ((ObjectNode) environment.get("flags")).put("size", "1KiB");
                    }));
    List<String> warnings = compare(steady(1), other, "p99>+10%").warnings();
    assertTrue(
        warnings.contains("they differ in cores (2 in run 1, 8 in run 2)"), warnings.toString());
    assertTrue(
        warnings.contains("they differ in --size (64B in run 1, 1KiB in run 2)"),
        warnings.toString());
  }

  /** The run of a seed as it is; made once, since most tests compare with such runs. */
  private static List<Document> steady(int seed) {
    return STEADY.computeIfAbsent(seed, each -> run(each, UnaryOperator.identity()));
  }

  private static List<Document> run(long seed, UnaryOperator<SyntheticRun> change) {
    return List.of(change.apply(SyntheticRun.of(seed)).document("run " + seed));
  }

  private static Comparison compare(List<Document> base, List<Document> fresh, String conditions) {
    return Comparer.compare(base, fresh, ConditionParser.parse(conditions));
  }

  private static Outcome outcome(Comparison comparison) {
    return comparison.findings().get(0).outcome();
  }

  private static String show(Comparison comparison) {
    return "\n"
        + String.join("\n", ComparisonText.lines(comparison, io.sounder.client.report.Style.PLAIN));
  }
}
