package io.sounder.client.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.load.rate.RateProfile;
import io.sounder.client.load.slo.Slo;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.report.LoadResult;
import io.sounder.client.report.ResultJson;
import io.sounder.client.report.RunHead;
import io.sounder.client.report.Style;
import io.sounder.client.report.SweepTable;
import io.sounder.client.report.Verdict;
import java.util.List;

/** One test for each of several rates, from the first to the last, whatever they find. */
final class SweepSteps implements Steps {
  private final LoadPlan plan;
  private final List<LoadPlan> steps;

  SweepSteps(LoadPlan plan, PaceOptions pace, List<Double> rates, Slo slo) {
    this.plan = plan;
    this.steps =
        rates.stream()
            .map(rate -> pace.at(RateProfile.constant(rate)))
            .map(step -> plan.step(step, plan.warmUpNanos(), plan.durationNanos(), slo))
            .toList();
  }

  @Override
  public int run(Tester tester, Outputs outputs) throws InterruptedException {
    int exitCode = ExitCode.OK;
    SweepTable table = new SweepTable(outputs.style());
    outputs.print(RunHead.lines(plan.target().text(), plan.settings(), outputs.style()));
    outputs.print(List.of("", table.head()));
    for (int i = 0; i < steps.size() && exitCode != ExitCode.INTERRUPTED; i++) {
      LoadResult result = tester.run(steps.get(i));
      outputs.print(List.of(table.line(result)));
      ObjectNode document = ResultJson.tree(result, Tester.environment());
      document.putObject("step").put("index", i).put("count", steps.size());
      outputs.writeLine(document);
      exitCode = ExitCode.worst(exitCode, Verdict.of(result, Style.PLAIN).exitCode());
    }
    return exitCode;
  }
}
