package io.sounder.server.tls;

/**
 * A certificate or key that cannot be used. The message is one line for the user, and names the
 * file.
 */
public final class TlsFileException extends Exception {
  private static final long serialVersionUID = 1L;

  TlsFileException(String message) {
    super(message);
  }

  TlsFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
