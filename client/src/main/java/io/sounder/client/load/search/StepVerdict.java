package io.sounder.client.load.search;

import java.util.Locale;

/** How a step is judged. */
public enum StepVerdict {
  MET,
  /** A clause of the objective did not hold. */
  SLO_MISSED,
  /** The objective held, but for fewer replies than requests were planned. */
  RATE_MISSED,
  /** The client itself was the limit, so the step says nothing about the service. */
  CLIENT_LIMITED;

  /** As it is written: {@code slo-missed}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
