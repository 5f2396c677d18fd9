package io.sounder.client.outcome;

/**
 * What was asked for makes no sense, found out after the command line was parsed. The message is
 * one line for the user; the exit code is {@link ExitCode#USAGE}.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
