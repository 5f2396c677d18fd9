package io.sounder.client.report;

import io.sounder.client.load.slo.Measured;
import io.sounder.client.load.slo.Slo;
import io.sounder.client.load.stats.Counts;
import io.sounder.client.load.stats.Ledger;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be thought of a result.
 *
 * @param word {@code VALID}, {@code CLIENT-LIMITED} or {@code FAILED}
 * @param reason in a few words
 */
public record Verdict(String word, String reason, int exitCode) {
  public static final String VALID = "VALID";
  public static final String CLIENT_LIMITED = "CLIENT-LIMITED";
  public static final String FAILED = "FAILED";

  /**
   * The verdict on a result. An objective for errors, if there is one, says which are too many, and
   * a test in which there are no more has not failed.
   */
  public static Verdict of(LoadResult result, Style style) {
    Slo slo = result.identity().slo();
    Measured measured = result.forObjective();
    Counts counts = result.counts();
    boolean wrong = hasWrongReplies(result);
    boolean tolerated = slo != null && slo.tolerates(measured) && result.measured().sent() > 0;
    boolean failed = hasFailures(result) && !tolerated;
    Optional<String> limit = SelfReport.limit(result.timings(), style);
    int code = result.interrupted() ? ExitCode.INTERRUPTED : ExitCode.OK;
    if (wrong) {
      code = ExitCode.worst(code, ExitCode.VERIFICATION);
    }
    if (failed) {
      code = ExitCode.worst(code, ExitCode.FAILED);
    }
    if (limit.isPresent()) {
      code = ExitCode.worst(code, ExitCode.CLIENT_LIMITED);
    }
    if (slo != null && !slo.isMet(measured)) {
      code = ExitCode.worst(code, ExitCode.SLO_MISSED);
    }
    if (wrong || failed) {
      String where = isClean(counts.warmUp()) ? "" : " (warm-up included)";
      return new Verdict(FAILED, reasons(result) + where, code);
    }
    if (limit.isPresent()) {
      return new Verdict(CLIENT_LIMITED, limit.get(), code);
    }
    return new Verdict(VALID, whyValid(result, hasFailures(result)), code);
  }

  private static String whyValid(LoadResult result, boolean errors) {
    if (errors) {
      return "every reply verified; tolerated: " + reasons(result);
    }
    String why =
        result.identity().isTimed()
            ? "every reply verified"
            : "nothing is answered, and nothing came back";
    boolean unsent = result.identity().isOpenLoop() && result.unsent() > 0;
    return unsent
        ? why + "; " + Quantities.count(result.unsent()) + " not sent for lack of room"
        : why;
  }

  /** Whether any reply was wrong, or there was too much of it, in the warm-up too. */
  private static boolean hasWrongReplies(LoadResult result) {
    Ledger all = result.counts().all();
    boolean disordered = result.identity().isStream() && all.reordered() > 0;
    return all.hasWrongReplies()
        || disordered
        || result.connections().errors().containsKey(ErrorClass.PROTOCOL);
  }

  /**
   * Whether anything failed on the way; a test without a single request did, whatever the reason.
   */
  private static boolean hasFailures(LoadResult result) {
    return result.measured().sent() == 0
        || result.counts().all().hasFailures()
        || !result.connections().errors().isEmpty();
  }

  static boolean isClean(Ledger ledger) {
    return !ledger.hasWrongReplies() && !ledger.hasFailures();
  }

  private static String reasons(LoadResult result) {
    Ledger all = result.counts().all();
    List<String> reasons = new ArrayList<>();
    add(reasons, all.corrupt(), "wrong");
    add(reasons, sum(all.strays()), "stray");
    add(reasons, all.duplicates(), "duplicate");
    add(reasons, result.identity().isStream() ? all.reordered() : 0, "reordered");
    add(reasons, all.failed(), "failed");
    add(reasons, all.lost(), "lost");
    add(reasons, all.late(), "late");
    add(reasons, all.refused(), "refused");
    add(reasons, all.pending(), "pending");
    add(reasons, sum(result.connections().errors()), "connection errors");
    if (result.measured().sent() == 0) {
      reasons.add(
          result.interrupted() ? "interrupted before the measurement" : "no request was measured");
    }
    return String.join(", ", reasons);
  }

  private static void add(List<String> reasons, long count, String what) {
    if (count > 0) {
      reasons.add(Quantities.count(count) + " " + what);
    }
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
