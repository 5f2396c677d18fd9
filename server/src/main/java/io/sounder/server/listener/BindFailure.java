package io.sounder.server.listener;

/** A listener that could not be opened. The message is one line and fit to be shown to the user. */
public final class BindFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public BindFailure(String message, Throwable cause) {
    super(message, cause);
  }

  public BindFailure(String message) {
    super(message);
  }
}
