package io.sounder.client.load;

import io.sounder.client.load.rate.Sweep;
import io.sounder.client.load.slo.Slo;
import io.sounder.client.outcome.UsageException;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of tests that take several steps, each at another rate. */
final class StepOptions {
  private static final String SWEEP = "--sweep";
  private static final String FIND_MAX = "--find-max";
  private static final long DEFAULT_DURATION_NANOS = 10_000_000_000L;
  private static final long DEFAULT_STEP_NANOS = 3_000_000_000L;

  @Option(
      names = SWEEP,
      paramLabel = "FROM:TO:STEP",
      description = "One test after another, each at a higher rate, such as 1k:20k:1k.")
  String sweep;

  @Option(
      names = FIND_MAX,
      paramLabel = "LIST",
      description = "Find the highest rate at which this holds, such as 'p99<2ms', in a minute.")
  String findMax;

  /** Whether there is more than one test. */
  boolean areGiven() {
    return sweep != null || findMax != null;
  }

  /** How long a test is, or a step, where nobody says it. */
  long durationNanos() {
    return sweep == null ? DEFAULT_DURATION_NANOS : DEFAULT_STEP_NANOS;
  }

  /**
   * Checks what does not go with steps.
   *
   * @throws UsageException with one line for the user
   */
  void checkAlone(LoadCommand command) {
    String flag = sweep != null ? SWEEP : findMax != null ? FIND_MAX : null;
    if (flag == null) {
      return;
    }
    if (sweep != null && findMax != null) {
      throw new UsageException(SWEEP + " and " + FIND_MAX + " exclude each other");
    }
    refuse(flag, command.paceOptions.hasRate(), "--rate and --ramp", "it sets the rates itself");
    refuse(flag, command.requests != null, "--requests", "its steps end by time");
    refuse(
        flag,
        command.outputOptions.hdr != null,
        "--hdr",
        "each step is a test of its own; --json has the histograms of each");
    if (findMax != null) {
      refuse(
          flag,
          command.durationNanos != null || command.warmUpNanos != null,
          "--duration and --warmup",
          "it sets the length of its steps itself");
      refuse(flag, command.slo != null, "--slo", "what is asked for stands in --find-max");
    }
  }

  private static void refuse(String flag, boolean given, String other, String why) {
    if (given) {
      throw new UsageException(other + " does not go with " + flag + ": " + why);
    }
  }

  /**
   * The tests to run; null if there is only one.
   *
   * @param slo what is asked of each step of a sweep; null if nothing is
   * @throws UsageException with one line for the user
   */
  Steps steps(PaceOptions pace, LoadPlan plan, Slo slo) {
    if (sweep != null) {
      List<Double> rates = Sweep.parse(SWEEP, sweep);
      return new SweepSteps(plan, pace, rates, slo);
    }
    return findMax == null ? null : new SearchSteps(plan, pace, Slo.parse(FIND_MAX, findMax));
  }
}
