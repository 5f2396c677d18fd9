package io.sounder.protocol.endpoint;

import java.util.Locale;

/** The transports that an endpoint can name. */
public enum Scheme {
  TCP,
  /** TLS over TCP. */
  TLS,
  UDP,
  /** Stream sockets in the file system. */
  UNIX;

  /** The scheme as it stands before {@code ://}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether bytes arrive as a stream that framing must cut; otherwise as datagrams. */
  public boolean isStream() {
    return this != UDP;
  }

  /** Whether endpoints have a host and a port; otherwise a path. */
  public boolean hasPort() {
    return this != UNIX;
  }

  /** The transport under which the services file lists a port: {@code tcp} or {@code udp}. */
  String servicesTransport() {
    return this == UDP ? "udp" : "tcp";
  }
}
