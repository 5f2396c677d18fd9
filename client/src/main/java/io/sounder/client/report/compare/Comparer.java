package io.sounder.client.report.compare;

import io.sounder.client.outcome.ExitCode;
import io.sounder.client.report.compare.Comparison.Finding;
import io.sounder.client.report.compare.Comparison.Outcome;
import io.sounder.client.report.compare.Comparison.Row;
import io.sounder.client.report.compare.Condition.Form;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.Document.Verdict;
import io.sounder.client.report.merge.Differences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares two sides. A condition holds only if the whole confidence interval of the change lies
 * beyond its threshold, so that noise does not cry wolf.
 */
public final class Comparer {
  static final int LEAST_SECONDS = 8; // makes four blocks; of fewer, nobody knows how they differ
  private static final int LEAST_BEYOND = 5; // values, for a percentile to have an interval

  private final Side base;
  private final Side fresh;
  private final Resamples baseSamples;
  private final Resamples freshSamples;

  private Comparer(List<Document> base, List<Document> fresh) {
    this.base = new Side("base", base);
    this.fresh = new Side("new", fresh);
    this.baseSamples = Resamples.of(this.base, 1);
    this.freshSamples = Resamples.of(this.fresh, 2);
  }

  /**
   * Compares.
   *
   * @param base one run, or several of the same
   * @param fresh the same after the change
   */
  public static Comparison compare(
      List<Document> base, List<Document> fresh, List<Condition> conditions) {
    Comparer comparer = new Comparer(base, fresh);
    return new Comparison(
        base,
        fresh,
        comparer.rows(conditions),
        conditions.stream().map(comparer::finding).toList(),
        comparer.warnings(),
        comparer.unusable(conditions));
  }

  private List<Row> rows(List<Condition> conditions) {
    List<Metric> metrics = new ArrayList<>();
    Arrays.stream(Quantity.values()).forEach(each -> metrics.add(new Metric(each, false)));
    conditions.stream().map(Condition::metric).filter(Metric::ofService).forEach(metrics::add);
    return metrics.stream().distinct().map(this::row).toList();
  }

  private Row row(Metric metric) {
    Form form = metric.quantity() == Quantity.ERRORS ? Form.ABSOLUTE : Form.RELATIVE;
    Condition change = new Condition(metric.text(), metric, true, form, 0);
    return new Row(metric, base.value(metric), fresh.value(metric), estimate(change));
  }

  private Finding finding(Condition condition) {
    Estimate estimate = estimate(condition);
    if (!estimate.isKnown()) {
      return new Finding(condition, estimate, Outcome.NOT_ENOUGH_DATA);
    }
    if (!condition.isBeyond(estimate.effect())) {
      return new Finding(condition, estimate, Outcome.OK);
    }
    boolean surely = condition.isBeyond(estimate.low()) && condition.isBeyond(estimate.high());
    return new Finding(condition, estimate, surely ? Outcome.REGRESSION : Outcome.WITHIN_NOISE);
  }

  private Estimate estimate(Condition condition) {
    Metric metric = condition.metric();
    boolean isBound = condition.form() == Form.BOUND;
    double effect = condition.effect(base.value(metric), fresh.value(metric));
    String unknown = whyUnknown(fresh, metric);
    if (unknown.isEmpty() && !isBound) {
      unknown = whyUnknown(base, metric);
    }
    if (unknown.isEmpty() && condition.form() == Form.RELATIVE && base.value(metric) == 0) {
      unknown = "base is 0";
    }
    if (!unknown.isEmpty()) {
      return Estimate.unknown(effect, unknown);
    }
    int degrees = Math.max(0, base.runs().size() + fresh.runs().size() - 2);
    double betweenRuns = betweenRuns(metric, degrees);
    int cut = (int) (tail(metric, isBound) * Resamples.COUNT);
    double[] effects =
        effects(
            condition,
            baseSamples.values(metric, betweenRuns, degrees),
            freshSamples.values(metric, betweenRuns, degrees));
    double low = effects[cut];
    double high = effects[effects.length - 1 - cut];
    if (condition.form() == Form.RELATIVE || metric.quantity().isOfSeconds()) {
      double[] ofSeconds =
          effects(
              condition,
              baseSamples.valuesOfSeconds(metric, betweenRuns, degrees),
              freshSamples.valuesOfSeconds(metric, betweenRuns, degrees));
      low = Math.min(low, ofSeconds[cut]);
      high = Math.max(high, ofSeconds[ofSeconds.length - 1 - cut]);
    }
    return new Estimate(effect, low, high, "");
  }

  /** What each pair of draws comes to, sorted; a bound needs no base, which may have no draws. */
  private static double[] effects(Condition condition, double[] before, double[] after) {
    double[] effects = new double[after.length];
    for (int i = 0; i < effects.length; i++) {
      effects[i] = condition.effect(before.length == 0 ? Double.NaN : before[i], after[i]);
    }
    Arrays.sort(effects);
    return effects;
  }

  private static String whyUnknown(Side side, Metric metric) {
    if (Double.isNaN(side.value(metric))) {
      return side.name() + " has none";
    }
    if (side.secondCount() < LEAST_SECONDS) {
      return side.name()
          + " has "
          + side.secondCount()
          + " whole intervals, and "
          + LEAST_SECONDS
          + " are needed";
    }
    if (metric.quantity().isPercentile()) {
      double percentile = metric.quantity().statistic().percentile();
      double beyond = side.latencies(metric) * (1 - percentile / 100);
      if (beyond < LEAST_BEYOND) {
        return side.name()
            + " has "
            + side.latencies(metric)
            + " values, too few for "
            + metric.quantity().text();
      }
    }
    return "";
  }

  /**
   * Which part of the draws to leave out on each side. What was drawn varies less than what it
   * stands for, the more so the fewer blocks there are; a wider interval makes up for that
   * (Hesterberg 2015, "expanded percentile interval", with the degrees of freedom of Welch).
   */
  private double tail(Metric metric, boolean isBound) {
    double baseVariance = isBound ? 0 : baseSamples.variance(metric);
    double freshVariance = freshSamples.variance(metric);
    double sum = baseVariance + freshVariance;
    double baseDegrees = Math.max(1, baseSamples.blocks() - 1);
    double freshDegrees = Math.max(1, freshSamples.blocks() - 1);
    double degrees =
        sum == 0
            ? freshDegrees
            : sum
                * sum
                / (baseVariance * baseVariance / baseDegrees
                    + freshVariance * freshVariance / freshDegrees);
    double fewest =
        isBound ? freshSamples.blocks() : Math.min(baseSamples.blocks(), freshSamples.blocks());
    double wider = Math.sqrt(fewest / (fewest - 1)) * StudentT.quantile975(Math.max(3, degrees));
    return StudentT.normalBelow(-wider);
  }

  /** The standard deviation from run to run beyond what the seconds within them explain. */
  private double betweenRuns(Metric metric, int degrees) {
    if (degrees < 1) {
      return 0;
    }
    double squares =
        baseSamples.squaresBetweenRuns(metric) + freshSamples.squaresBetweenRuns(metric);
    double explained =
        (baseSamples.varianceOfOneRun(metric) + freshSamples.varianceOfOneRun(metric)) / 2;
    return Math.sqrt(Math.max(0, squares / degrees - explained));
  }

  private List<String> warnings() {
    List<Document> all = Stream.concat(base.runs().stream(), fresh.runs().stream()).toList();
    List<String> warnings = new ArrayList<>();
    Differences.againstComparing(all).forEach(each -> warnings.add("they differ in " + each));
    for (Document run : all) {
      if (run.verdict() != Verdict.VALID) {
        warnings.add(run.name() + " is " + run.verdict().text() + ": " + run.verdictReason());
      }
      if (run.interrupted()) {
        warnings.add(run.name() + " was interrupted");
      }
    }
    if (base.runs().size() + fresh.runs().size() == 2) {
      warnings.add(
          "one run each: what differs from run to run by itself is not seen; three of each,"
              + " in turn, show it");
    }
    return Collections.unmodifiableList(warnings);
  }

  /** Failures do not count where a condition judges them. */
  private int unusable(List<Condition> conditions) {
    boolean errorsAreJudged =
        conditions.stream().anyMatch(each -> each.metric().quantity() == Quantity.ERRORS);
    int code = ExitCode.OK;
    for (Document run : Stream.concat(base.runs().stream(), fresh.runs().stream()).toList()) {
      boolean isWrong = run.exitCode() != null && run.exitCode() == ExitCode.VERIFICATION;
      code =
          switch (run.verdict()) {
            case VALID -> code;
            case CLIENT_LIMITED -> ExitCode.worst(code, ExitCode.CLIENT_LIMITED);
            case FAILED ->
                isWrong
                    ? ExitCode.worst(code, ExitCode.VERIFICATION)
                    : errorsAreJudged ? code : ExitCode.worst(code, ExitCode.FAILED);
          };
    }
    return code;
  }
}
