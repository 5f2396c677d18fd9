package io.sounder.protocol.endpoint;

/** A port given by a service name that neither the system nor our own table knows. */
public final class UnknownServiceException extends EndpointException {
  private static final long serialVersionUID = 1L;

  public UnknownServiceException(String message) {
    super(message);
  }
}
