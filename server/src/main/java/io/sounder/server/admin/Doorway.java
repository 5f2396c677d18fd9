package io.sounder.server.admin;

import io.sounder.protocol.endpoint.AccessList;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where the admin port is, and who may come in.
 *
 * @param address port 0 lets the system choose
 * @param allowed who may ask; others are refused whatever they ask
 * @param credentials what they must show besides
 * @param tls with what it speaks TLS, if it does
 */
public record Doorway(
    InetSocketAddress address,
    AccessList allowed,
    Credentials credentials,
    Optional<SSLContext> tls) {
  /** One that nothing is to be shown at. */
  public static Doorway plain(InetSocketAddress address, AccessList allowed) {
    return new Doorway(address, allowed, Credentials.NONE, Optional.empty());
  }

  /** {@code http} or {@code https}. */
  public String scheme() {
    return tls.isPresent() ? "https" : "http";
  }
}
