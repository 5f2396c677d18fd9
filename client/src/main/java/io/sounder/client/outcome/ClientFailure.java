package io.sounder.client.outcome;

/**
 * A command cannot go on, for a reason outside the program. The message is one line for the user:
 * what failed, on what, why, and what to do.
 */
public final class ClientFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorClass errorClass;
  private final int exitCode;

  /** A failure whose class decides about the exit code. */
  public ClientFailure(ErrorClass errorClass, String message, Throwable cause) {
    this(errorClass, errorClass.exitCode(), message, cause);
  }

  /** A failure whose class decides about the exit code, and that has no exception below it. */
  public ClientFailure(ErrorClass errorClass, String message) {
    this(errorClass, message, null);
  }

  /** A failure with an exit code of its own. */
  public ClientFailure(ErrorClass errorClass, int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.errorClass = errorClass;
    this.exitCode = exitCode;
  }

  public ErrorClass errorClass() {
    return errorClass;
  }

  public int exitCode() {
    return exitCode;
  }
}
