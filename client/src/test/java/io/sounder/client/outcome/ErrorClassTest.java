package io.sounder.client.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.endpoint.UnknownServiceException;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorClassTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new UnknownHostException("x: Name or service not known"), "unknown-host"),
        Arguments.of(new UnresolvedAddressException(), "unknown-host"),
        Arguments.of(new UnknownServiceException("no such service"), "unknown-service"),
        Arguments.of(new ConnectException("Connection refused"), "refused"),
        Arguments.of(new SocketException("Connection refused"), "refused"),
        Arguments.of(new PortUnreachableException(), "refused"),
        Arguments.of(new SocketException("No such file or directory"), "refused"),
        Arguments.of(new ConnectException("Connection timed out"), "connect-timeout"),
        Arguments.of(new SocketTimeoutException("connect timed out after 5s"), "connect-timeout"),
        Arguments.of(new SocketTimeoutException("Connect timed out"), "connect-timeout"),
        Arguments.of(new SocketException("Resource temporarily unavailable"), "connect-timeout"),
        Arguments.of(new NoRouteToHostException("No route to host"), "unreachable"),
        Arguments.of(new SocketException("Network is unreachable"), "unreachable"),
        Arguments.of(new BindException("Permission denied"), "permission"),
        Arguments.of(new SocketException("Operation not permitted"), "permission"),
        Arguments.of(new AccessDeniedException("/run/x.sock"), "permission"),
        Arguments.of(new SocketException("Connection reset"), "reset"),
        Arguments.of(new IOException("Connection reset by peer"), "reset"),
        Arguments.of(new IOException("Broken pipe"), "reset"),
        Arguments.of(new EOFException(), "closed-early"),
        Arguments.of(new ClosedChannelException(), "closed-early"),
        Arguments.of(new AsynchronousCloseException(), "closed-early"),
        Arguments.of(new SocketTimeoutException("Read timed out"), "reply-timeout"),
        Arguments.of(new SocketException("Connection timed out"), "reply-timeout"),
        Arguments.of(new SocketTimeoutException(), "reply-timeout"),
        Arguments.of(new BindException("Cannot assign requested address"), "io"),
        Arguments.of(new SocketException("Too many open files"), "io"),
        Arguments.of(new SSLHandshakeException("timed out: connection reset"), "tls"),
        Arguments.of(new IOException((String) null), "io"),
        Arguments.of(new ClientFailure(ErrorClass.PROTOCOL, "a frame too long"), "protocol"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tellsFailuresApart(Exception failure, String expected) {
    assertEquals(expected, ErrorClass.of(failure).text());
  }

  @ParameterizedTest
  @EnumSource
  void whatComesBeforeTheConnectionIsUnreachableAndWhatComesAfterHasFailed(ErrorClass errorClass) {
    int expected =
        switch (errorClass) {
          case UNKNOWN_HOST, UNKNOWN_SERVICE, REFUSED, CONNECT_TIMEOUT, UNREACHABLE, PERMISSION ->
              3;
          case PROTOCOL -> 5;
          case RESET, CLOSED_EARLY, REPLY_TIMEOUT, TLS, IO -> 7;
        };
    assertEquals(expected, errorClass.exitCode());
  }

  @Test
  void aFailureMayHaveAnExitCodeOfItsOwn() {
    assertEquals(3, new ClientFailure(ErrorClass.IO, 3, "x", null).exitCode());
    assertEquals(7, new ClientFailure(ErrorClass.IO, "x").exitCode());
  }
}
