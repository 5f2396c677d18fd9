package io.sounder.protocol.endpoint;

/**
 * An endpoint, or a value in it, that is not of the grammar. The message is one line and fit to be
 * shown to the user.
 */
public class EndpointException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public EndpointException(String message) {
    super(message);
  }
}
