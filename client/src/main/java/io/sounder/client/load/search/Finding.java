package io.sounder.client.load.search;

import io.sounder.client.outcome.ExitCode;

/**
 * How a search ended.
 *
 * @param perSecond the rate that held, for as long as a confirmation lasts; NaN if there is none
 */
public record Finding(Ending ending, double perSecond) {
  /** Why the search went no further. */
  public enum Ending {
    /** A little above it the service no longer keeps its objective. */
    FOUND(ExitCode.OK),
    /** A little above it the client itself is the limit; the service may do more. */
    CLIENT_LIMITED(ExitCode.CLIENT_LIMITED),
    /** Nothing above it failed: no higher rate can be asked for, or there was no time to. */
    AT_LEAST(ExitCode.OK),
    /** Not even the lowest rate held. */
    NONE(ExitCode.SLO_MISSED),
    /** Rates held for a moment, but none for as long as a confirmation lasts. */
    UNCONFIRMED(ExitCode.SLO_MISSED),
    /** It was stopped before its end. */
    UNFINISHED(ExitCode.INTERRUPTED);

    private final int exitCode;

    Ending(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  /** The exit code that it calls for. */
  public int exitCode() {
    return ending.exitCode;
  }
}
