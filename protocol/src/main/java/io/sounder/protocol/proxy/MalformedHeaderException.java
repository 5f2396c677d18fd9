package io.sounder.protocol.proxy;

/** A header that must not be used. Without a stack: any peer can cause it. */
final class MalformedHeaderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedHeaderException(String message) {
    super(message, null, false, false);
  }
}
