package io.sounder.protocol.endpoint;

import io.sounder.protocol.text.Escapes;

/**
 * An endpoint, or a value in it, that is not of the grammar. The message is one line and fit to be
 * shown to the user: control characters in what was given are escaped.
 */
public class EndpointException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public EndpointException(String message) {
    super(Escapes.oneLine(message));
  }
}
