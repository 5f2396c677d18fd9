package io.sounder.client.load.search;

import io.sounder.client.load.slo.Measured;

/** A step that was run, and how it was judged. */
public record StepResult(Step step, Measured measured, StepVerdict verdict) {
  public boolean isMet() {
    return verdict == StepVerdict.MET;
  }

  /** What the service was seen to sustain: no more than was asked of it. */
  double sustainedPerSecond() {
    return Math.min(step.perSecond(), measured.achievedPerSecond());
  }
}
