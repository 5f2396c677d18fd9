package io.sounder.client.outcome;

import io.sounder.protocol.endpoint.UnknownServiceException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** What went wrong with a target, told apart as far as the system tells. */
public enum ErrorClass {
  UNKNOWN_HOST(ExitCode.UNREACHABLE),
  UNKNOWN_SERVICE(ExitCode.UNREACHABLE),
  /** Nothing listens there: a refused connect, an ICMP port unreachable, no such socket file. */
  REFUSED(ExitCode.UNREACHABLE),
  CONNECT_TIMEOUT(ExitCode.UNREACHABLE),
  UNREACHABLE(ExitCode.UNREACHABLE),
  PERMISSION(ExitCode.UNREACHABLE),
  RESET(ExitCode.FAILED),
  CLOSED_EARLY(ExitCode.FAILED),
  REPLY_TIMEOUT(ExitCode.FAILED),
  /** A handshake that came to nothing, for whatever reason; or TLS broke later. */
  TLS(ExitCode.FAILED),
  /** What came is not what the target was said to speak. */
  PROTOCOL(ExitCode.VERIFICATION),
  IO(ExitCode.FAILED);

  private final int exitCode;

  ErrorClass(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The class as it is shown and counted: {@code connect-timeout}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The exit code of a command for which this decided. */
  public int exitCode() {
    return exitCode;
  }

  /**
   * The class of any exception that a resolver, a socket or a channel throws. Java has types for
   * some conditions only; the rest is told by the system's own message.
   */
  public static ErrorClass of(Throwable failure) {
    if (failure instanceof ClientFailure known) {
      return known.errorClass();
    }
    if (failure instanceof UnknownServiceException) {
      return UNKNOWN_SERVICE;
    }
    if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
      return UNKNOWN_HOST;
    }
    if (failure instanceof PortUnreachableException) {
      return REFUSED;
    }
    if (failure instanceof NoRouteToHostException) {
      return UNREACHABLE;
    }
    if (failure instanceof AccessDeniedException) {
      return PERMISSION;
    }
    if (failure instanceof SSLException) {
      return TLS;
    }
    if (failure instanceof EOFException || failure instanceof ClosedChannelException) {
      return CLOSED_EARLY;
    }
    return byMessage(failure);
  }

  private static ErrorClass byMessage(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    if (message.contains("timed out")) {
      boolean connecting =
          failure instanceof ConnectException
              || (failure instanceof SocketTimeoutException
                  && message.toLowerCase(Locale.ROOT).contains("connect"));
      return connecting ? CONNECT_TIMEOUT : REPLY_TIMEOUT;
    }
    if (message.contains("Resource temporarily unavailable")) {
      return CONNECT_TIMEOUT; // a Unix socket whose queue of connections is full (connect(2))
    }
    if (failure instanceof SocketTimeoutException) {
      return REPLY_TIMEOUT;
    }
    if (message.contains("refused") || message.contains("No such file or directory")) {
      return REFUSED;
    }
    if (message.contains("unreachable") || message.contains("No route to host")) {
      return UNREACHABLE;
    }
    if (message.contains("Permission denied") || message.contains("Operation not permitted")) {
      return PERMISSION;
    }
    if (message.contains("reset") || message.contains("Broken pipe")) {
      return RESET;
    }
    return IO;
  }
}
