package io.sounder.client.outcome;

import java.util.List;

/** The exit codes of every command, and which of them wins where several apply. */
public final class ExitCode {
  public static final int OK = 0;
  public static final int USAGE = 2;

  /** The target could not be resolved or connected to; a connect time-out too. */
  public static final int UNREACHABLE = 3;

  /** What was asked of the service by {@code --slo} did not hold. */
  public static final int SLO_MISSED = 4;

  /** A reply was wrong, or there was too much of it. */
  public static final int VERIFICATION = 5;

  /** The client itself was the limit, so what it measured says nothing about the service. */
  public static final int CLIENT_LIMITED = 6;

  /** It failed on the way: reset, closed early, no reply in time, lost, still pending. */
  public static final int FAILED = 7;

  public static final int INTERNAL = 70;
  public static final int INTERRUPTED = 130;

  private static final List<Integer> PRECEDENCE =
      List.of(
          INTERNAL,
          INTERRUPTED,
          USAGE,
          UNREACHABLE,
          VERIFICATION,
          FAILED,
          CLIENT_LIMITED,
          SLO_MISSED,
          OK);

  private ExitCode() {}

  /**
   * The code that wins: the first of 130, 2, 3, 5, 7, 6, 4, or 0. An internal error goes before all
   * of them, since it makes the others doubtful.
   *
   * @throws IllegalArgumentException for a code that is none of the constants here
   */
  public static int worst(int one, int other) {
    return rank(one) <= rank(other) ? one : other;
  }

  private static int rank(int code) {
    int rank = PRECEDENCE.indexOf(code);
    if (rank < 0) {
      throw new IllegalArgumentException("no exit code: " + code);
    }
    return rank;
  }
}
