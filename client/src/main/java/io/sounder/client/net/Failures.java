package io.sounder.client.net;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.outcome.ExitCode;
import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.text.Escapes;
import java.io.IOException;

/** Exceptions from sockets in words: what failed, on what, of which class, why, and what to do. */
public final class Failures {
  private Failures() {}

  /** No connection came about. */
  public static ClientFailure connecting(Endpoint endpoint, IOException cause) {
    ErrorClass errorClass = ErrorClass.of(cause);
    return new ClientFailure(
        errorClass,
        ExitCode.UNREACHABLE,
        "cannot connect to "
            + endpoint
            + ": "
            + errorClass.text()
            + ": "
            + whyNoConnection(endpoint, errorClass, cause),
        cause);
  }

  /** A connection that was there, or a UDP socket, failed. */
  public static ClientFailure talking(Endpoint endpoint, String doing, IOException cause) {
    ErrorClass errorClass = ErrorClass.of(cause);
    return new ClientFailure(
        errorClass,
        doing + " " + endpoint + ": " + errorClass.text() + ": " + whyBroken(errorClass, cause),
        cause);
  }

  private static String whyNoConnection(
      Endpoint endpoint, ErrorClass errorClass, IOException cause) {
    boolean unix = endpoint.scheme() == Scheme.UNIX;
    String reason = reason(cause);
    return switch (errorClass) {
      case REFUSED ->
          unix
              ? "no server listens on that socket file ("
                  + reason
                  + "); start it, or check the path"
              : "nothing listens there (" + reason + "); start the server, or check host and port";
      case CONNECT_TIMEOUT -> reason + "; check the address, and firewalls on the way";
      case UNREACHABLE -> reason + "; check the address and the routes to it";
      case PERMISSION ->
          reason + (unix ? "; check the rights of the socket file" : "; check the firewall here");
      default -> reason;
    };
  }

  private static String whyBroken(ErrorClass errorClass, IOException cause) {
    return switch (errorClass) {
      case REFUSED ->
          "nothing listens there (ICMP port unreachable); start the server, or check host and port";
      case RESET ->
          "the peer broke the connection off (" + reason(cause) + "); its log may say why";
      default -> reason(cause);
    };
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : Escapes.oneLine(message);
  }
}
