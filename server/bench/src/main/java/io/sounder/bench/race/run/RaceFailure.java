package io.sounder.bench.race.run;

/** The race cannot go on; the message says why, in one line. */
public class RaceFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RaceFailure(String message) {
    super(message);
  }

  public RaceFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
