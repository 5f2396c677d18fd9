package io.sounder.client.load.search;

import io.sounder.client.load.rate.Rates;
import io.sounder.client.load.search.Finding.Ending;
import io.sounder.client.load.slo.Measured;
import io.sounder.client.load.slo.Slo;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks for the highest rate that keeps an objective, within a minute:
 *
 * <pre>
 *   ramp     doubles the rate until a step fails, or goes down from the start until one is met
 *   bisect   until a rate that is met and one that fails are within 2 %
 *   confirm  runs longer at the one that is met; at less and less while that fails
 * </pre>
 *
 * <p>Measurements are noisy. So a step that fails is run again before it counts; and when a rate is
 * confirmed, the failure above it has to show once more, or the search goes on from there. Where
 * the client was in the way, the first confirmation is run once more; and if the service itself
 * failed at hardly more than what held, that is where the limit is.
 *
 * <p>The caller runs each {@link #next} step and tells {@link #onOutcome} what came of it. Belongs
 * to one thread.
 */
public final class RateSearch {
  private static final double LOWEST = 1; // a step of a second then has one request
  private static final double UP = 2;
  private static final double DOWN = 4; // faster than up: a bisection costs less than more steps
  private static final double CLOSE_ENOUGH = 1.02;
  private static final double STEP_BACK = 0.03; // of the rate; the third and each later one doubles
  private static final int SMALL_STEPS_BACK = 2; // noise, or a little too much
  private static final double WIDE = 1.05; // after steps back: worth another confirmation
  private static final double NEAR = 1.1; // a failure of the service that tells where its limit is
  private static final double ENOUGH_OF_RATE = 0.99;
  private static final int MAX_BISECTIONS = 8;
  private static final int MAX_CONFIRMATIONS = 8;
  private static final MathContext SHOWN = new MathContext(3, RoundingMode.DOWN);

  private static final long STEP_WARM_UP_NANOS = 250_000_000L;
  private static final long STEP_NANOS = 1_000_000_000L;
  private static final long CONFIRM_NANOS = 5_000_000_000L;
  private static final long MOST_NANOS = 60_000_000_000L;

  private final Slo slo;
  private final List<StepResult> results = new ArrayList<>();
  private final TreeMap<Double, StepVerdict> failed = new TreeMap<>(); // those above what was met
  private double met; // the highest rate that was met; 0 for none
  private StepResult confirmed;

  private Step current;
  private boolean repeated;
  private int bisections;
  private int refutations; // confirmations that failed
  private long elapsedNanos;
  private Ending ending = Ending.UNFINISHED;

  /**
   * A search that begins at a rate.
   *
   * @param startPerSecond any will do; the nearer to what is found, the sooner
   */
  public RateSearch(Slo slo, double startPerSecond) {
    this.slo = slo;
    this.current = step(startPerSecond, Phase.RAMP);
  }

  /** The step to run now; none when the search has ended. */
  public Optional<Step> next() {
    return Optional.ofNullable(current);
  }

  /** All steps so far, in order. */
  public List<StepResult> results() {
    return Collections.unmodifiableList(results);
  }

  /** What was found; unfinished while there is a {@link #next} step. */
  public Finding finding() {
    return new Finding(ending, confirmed == null ? Double.NaN : confirmed.sustainedPerSecond());
  }

  /**
   * Takes what came of the step that {@link #next} gave.
   *
   * @return how the step was judged
   * @throws IllegalStateException if the search has ended
   */
  public StepResult onOutcome(StepOutcome outcome) {
    if (current == null) {
      throw new IllegalStateException("the search has ended");
    }
    StepResult result = new StepResult(current, outcome.measured(), judge(outcome));
    results.add(result);
    elapsedNanos += outcome.elapsedNanos();
    if (current.phase() == Phase.CONFIRM) {
      onConfirmation(result);
    } else {
      onTrial(result);
    }
    return result;
  }

  /** Response times include the client's own lag: where the service keeps to them, it may lag. */
  private StepVerdict judge(StepOutcome outcome) {
    Measured measured = outcome.measured();
    double seconds = current.measureNanos() / 1e9;
    double planned = Math.min(current.perSecond(), measured.planned() / seconds); // Poisson: fewer
    boolean isEnough = measured.achievedPerSecond() >= ENOUGH_OF_RATE * planned;
    boolean isKept = slo.isMet(measured);
    if (isKept && isEnough) {
      return StepVerdict.MET;
    }
    if (outcome.clientLimited()) {
      return StepVerdict.CLIENT_LIMITED;
    }
    return isKept ? StepVerdict.RATE_MISSED : StepVerdict.SLO_MISSED;
  }

  private void onTrial(StepResult result) {
    double rate = current.perSecond();
    if (result.isMet()) {
      failed.headMap(rate, true).clear();
      met = Math.max(met, rate);
    } else if (!repeated && isDoubtful()) {
      repeated = true;
      return; // the same step again
    } else {
      failed.put(rate, result.verdict());
    }
    repeated = false;
    if (confirmed != null && !result.isMet() && met == confirmed.step().perSecond()) {
      end(endingAbove());
      return;
    }
    explore();
  }

  /** On the way down, nothing has been met yet, and that it fails is what is expected. */
  private boolean isDoubtful() {
    return met > 0 ? confirmed == null || met > confirmed.step().perSecond() : failed.isEmpty();
  }

  private void explore() {
    boolean timeLeft =
        elapsedNanos + stepNanos(STEP_NANOS) + 2 * stepNanos(CONFIRM_NANOS) <= MOST_NANOS;
    if (met == 0) {
      double lowest = failed.firstKey();
      if (timeLeft && lowest > LOWEST) {
        current = step(Math.max(LOWEST, lowest / DOWN), Phase.RAMP);
      } else {
        end(isClientFirst() ? Ending.CLIENT_LIMITED : Ending.NONE);
      }
    } else if (timeLeft && failed.isEmpty() && met < Rates.HIGHEST) {
      current = step(Math.min(Rates.HIGHEST, met * UP), Phase.RAMP);
    } else if (timeLeft && isBracketWide() && bisections < MAX_BISECTIONS) {
      bisections++;
      current = step(Math.sqrt(met * failed.firstKey()), Phase.BISECT);
    } else {
      confirm(met);
    }
  }

  private boolean isBracketWide() {
    return !failed.isEmpty() && failed.firstKey() > met * CLOSE_ENOUGH;
  }

  private void confirm(double rate) {
    if (confirmed != null && rate <= confirmed.step().perSecond()) {
      end(endingAbove());
    } else if (rate < LOWEST || refutations == MAX_CONFIRMATIONS || !isTimeToConfirm()) {
      end(confirmed == null ? endingUnconfirmed() : endingAbove());
    } else {
      current = step(rate, Phase.CONFIRM);
    }
  }

  private boolean isTimeToConfirm() {
    return elapsedNanos + stepNanos(CONFIRM_NANOS) <= MOST_NANOS;
  }

  private void onConfirmation(StepResult result) {
    double rate = current.perSecond();
    boolean isFirst = refutations == 0 && !repeated;
    if (isFirst && result.verdict() == StepVerdict.CLIENT_LIMITED && isTimeToConfirm()) {
      repeated = true;
      return; // the same again: it has refuted nothing
    }
    repeated = false;
    if (!result.isMet()) {
      refutations++;
      failed.put(rate, result.verdict());
      double back = STEP_BACK * (1 << Math.max(0, refutations - SMALL_STEPS_BACK));
      confirm(rounded(rate * (1 - back)));
      return;
    }
    confirmed = result;
    met = rate;
    boolean timeLeft = elapsedNanos + stepNanos(STEP_NANOS) <= MOST_NANOS;
    if (refutations == 0 && timeLeft && !failed.isEmpty()) {
      bisections = 0;
      current = step(failed.firstKey(), Phase.BISECT);
    } else if (refutations > 0 && failed.firstKey() > met * WIDE) {
      confirm(rounded(Math.sqrt(met * failed.firstKey())));
    } else {
      end(endingAbove());
    }
  }

  private Ending endingUnconfirmed() {
    return isClientFirst() ? Ending.CLIENT_LIMITED : Ending.UNCONFIRMED;
  }

  private Ending endingAbove() {
    if (failed.isEmpty()) {
      return Ending.AT_LEAST;
    }
    boolean isNear =
        failed.headMap(met * NEAR).values().stream()
            .anyMatch(verdict -> verdict != StepVerdict.CLIENT_LIMITED);
    return isClientFirst() && !isNear ? Ending.CLIENT_LIMITED : Ending.FOUND;
  }

  private boolean isClientFirst() {
    return failed.firstEntry().getValue() == StepVerdict.CLIENT_LIMITED;
  }

  private void end(Ending reason) {
    ending = reason;
    current = null;
  }

  private static Step step(double perSecond, Phase phase) {
    return new Step(
        rounded(perSecond),
        phase,
        STEP_WARM_UP_NANOS,
        phase == Phase.CONFIRM ? CONFIRM_NANOS : STEP_NANOS);
  }

  private static long stepNanos(long measureNanos) {
    return STEP_WARM_UP_NANOS + measureNanos;
  }

  /** Three digits: finer than the search itself, and easier to read. */
  private static double rounded(double perSecond) {
    return new BigDecimal(perSecond).round(SHOWN).doubleValue();
  }
}
