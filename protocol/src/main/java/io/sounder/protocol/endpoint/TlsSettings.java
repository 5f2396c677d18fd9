package io.sounder.protocol.endpoint;

import java.util.Optional;

/**
 * How a listener speaks TLS. Files are named here and read elsewhere.
 *
 * @param certificateFile PEM: its certificate, and those between it and its authority's
 * @param keyFile PEM: the private key of the first certificate, as PKCS#8 (RFC 5958)
 * @param clientAuthorityFile PEM: whose clients may talk to it; empty if none needs a certificate
 * @param handshakeTimeoutNanos how long a handshake may take; 0 where that is off
 */
public record TlsSettings(
    String certificateFile,
    String keyFile,
    Optional<String> clientAuthorityFile,
    long handshakeTimeoutNanos) {
  private static final long DEFAULT_HANDSHAKE_TIMEOUT_NANOS = 10_000_000_000L;

  static Optional<TlsSettings> read(Parameters parameters, EndpointUrl url) {
    if (url.scheme() != Scheme.TLS) {
      return Optional.empty();
    }
    if (!parameters.has(Key.CERT) || !parameters.has(Key.KEY)) {
      throw new EndpointException(
          url.text()
              + ": a tls listener needs cert=FILE and key=FILE, its certificate and its private key in PEM");
    }
    return Optional.of(
        new TlsSettings(
            parameters.get(Key.CERT, null, TlsSettings::file),
            parameters.get(Key.KEY, null, TlsSettings::file),
            parameters.get(
                Key.CLIENT_CA, Optional.empty(), text -> Optional.of(TlsSettings.file(text))),
            parameters.timeoutNanos(Key.HANDSHAKE_TIMEOUT, DEFAULT_HANDSHAKE_TIMEOUT_NANOS)));
  }

  private static String file(String path) {
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      throw new EndpointException("allowed is the path of a PEM file");
    }
    return path;
  }
}
