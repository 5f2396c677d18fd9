package io.sounder.client.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.load.rate.RateProfile;
import io.sounder.client.load.search.Finding;
import io.sounder.client.load.search.Phase;
import io.sounder.client.load.search.RateSearch;
import io.sounder.client.load.search.Step;
import io.sounder.client.load.search.StepOutcome;
import io.sounder.client.load.search.StepResult;
import io.sounder.client.load.slo.Slo;
import io.sounder.client.net.NanoClock;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.report.LoadResult;
import io.sounder.client.report.ResultJson;
import io.sounder.client.report.RunHead;
import io.sounder.client.report.SearchJson;
import io.sounder.client.report.SearchTable;
import io.sounder.client.report.Style;
import io.sounder.client.report.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for the highest rate that keeps an objective; its result is that of the last confirmation.
 */
final class SearchSteps implements Steps {
  private static final double START_PER_SECOND = 1000;

  private final LoadPlan plan;
  private final PaceOptions pace;
  private final Slo slo;

  private LoadResult kept; // of the latest step that confirmed a rate, or else of the latest
  private boolean confirmed;
  private boolean interrupted;
  private ClientFailure gone; // the target cannot be connected to any more
  private boolean wrongReplies; // in any step: more than an objective that is missed

  SearchSteps(LoadPlan plan, PaceOptions pace, Slo slo) {
    this.plan = plan;
    this.pace = pace;
    this.slo = slo;
    plan(new Step(START_PER_SECOND, Phase.RAMP, 0, 1)); // refuses now what cannot be measured
  }

  @Override
  public int run(Tester tester, Outputs outputs) throws InterruptedException {
    RateSearch search = new RateSearch(slo, START_PER_SECOND);
    SearchTable table = new SearchTable(outputs.style());
    outputs.print(RunHead.lines(plan.target().text(), settings(), outputs.style()));
    outputs.print(List.of("", table.head()));
    boolean goesOn = true;
    for (Optional<Step> step = search.next(); step.isPresent() && goesOn; step = search.next()) {
      goesOn = run(step.get(), search, tester, table, outputs);
    }
    outputs.print(List.of("", table.conclusion(search.finding(), slo)));
    return conclude(search, outputs);
  }

  /** Runs a step; whether there is to be another. */
  private boolean run(
      Step step, RateSearch search, Tester tester, SearchTable table, Outputs outputs)
      throws InterruptedException {
    long beginNanos = NanoClock.SYSTEM.nanoTime();
    LoadResult result;
    try {
      result = tester.run(plan(step));
    } catch (ClientFailure e) {
      if (kept == null) {
        throw e; // no connection at all could be made
      }
      gone = e;
      outputs.error(e);
      return false;
    }
    if (result.interrupted()) {
      interrupted = true;
      kept = kept == null ? result : kept;
      return false;
    }
    long elapsedNanos = NanoClock.SYSTEM.nanoTime() - beginNanos;
    outputs.print(List.of(table.line(take(search, step, result, elapsedNanos))));
    return true;
  }

  /** The steps' own lengths are not those of the plan. */
  private Map<String, Object> settings() {
    Map<String, Object> settings = plan.settings();
    settings.remove("duration");
    settings.remove("warmup");
    settings.put("find-max", slo);
    return settings;
  }

  private LoadPlan plan(Step step) {
    Pace at = pace.at(RateProfile.constant(step.perSecond()));
    return plan.step(at, step.warmUpNanos(), step.measureNanos(), slo);
  }

  private StepResult take(RateSearch search, Step step, LoadResult result, long elapsedNanos) {
    StepResult judged =
        search.onOutcome(
            new StepOutcome(result.forSearch(), result.isClientLimited(), elapsedNanos));
    boolean confirms = step.phase() == Phase.CONFIRM && judged.isMet();
    if (confirms || !confirmed) {
      kept = result;
    }
    confirmed |= confirms;
    wrongReplies |= Verdict.of(result, Style.PLAIN).exitCode() == ExitCode.VERIFICATION;
    return judged;
  }

  private int conclude(RateSearch search, Outputs outputs) {
    Finding finding = search.finding();
    int exitCode = gone == null ? finding.exitCode() : ExitCode.FAILED;
    exitCode = ExitCode.worst(exitCode, wrongReplies ? ExitCode.VERIFICATION : ExitCode.OK);
    ObjectNode document = ResultJson.tree(kept, Tester.environment());
    document.set("find_max", SearchJson.tree(slo, finding, search.results()));
    document.put("exit_code", exitCode);
    document.put("interrupted", interrupted);
    outputs.write(document);
    return exitCode;
  }
}
