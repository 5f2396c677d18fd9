package io.sounder.bench.race.run;

/** A server does not start, or does not answer: a race without it can go on. */
public final class ServerFailure extends RaceFailure {
  private static final long serialVersionUID = 1L;

  public ServerFailure(String message) {
    super(message);
  }

  public ServerFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
