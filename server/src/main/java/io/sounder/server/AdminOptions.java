package io.sounder.server;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.EndpointException;
import io.sounder.protocol.endpoint.TlsSettings;
import io.sounder.server.admin.Credentials;
import io.sounder.server.admin.Doorway;
import io.sounder.server.tls.TlsContext;
import io.sounder.server.tls.TlsFileException;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Option;

/** What the command line says of the admin port. */
final class AdminOptions {
  static final String DEFAULT = "127.0.0.1:8880";

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT|off",
      description =
          "Where health, figures and faults are served over HTTP. Default: 127.0.0.1:8880."
              + " Beyond loopback it needs --admin-token, or a client certificate.")
  private String admin;

  @Option(
      names = "--admin-allow",
      paramLabel = "LIST",
      description =
          "Who may ask there: loopback, private, addresses and blocks such as 10.0.0.0/8, separated by commas."
              + " Default: loopback; beyond loopback everyone who has credentials.")
  private String allow;

  @Option(
      names = "--admin-token",
      paramLabel = "FILE",
      description = "Whoever asks there must show the token in this file.")
  private String tokenFile;

  @Option(
      names = "--admin-tls-cert",
      paramLabel = "FILE",
      description = "Speak TLS there, with this certificate (PEM).")
  private String certificateFile;

  @Option(names = "--admin-tls-key", paramLabel = "FILE", description = "Its private key (PEM).")
  private String keyFile;

  @Option(
      names = "--admin-client-ca",
      paramLabel = "FILE",
      description = "Whoever asks there must show a certificate of one of these authorities (PEM).")
  private String clientAuthorityFile;

  /**
   * What was chosen.
   *
   * @param doorway null to do without
   * @param explicit whether it was asked for; otherwise a taken port is no reason not to serve
   */
  record Choice(Doorway doorway, boolean explicit) {}

  /**
   * Reads the options, and the files that they name.
   *
   * @throws EndpointException with one line for the user
   */
  Choice read() {
    String where = admin == null ? DEFAULT : admin;
    InetSocketAddress address = saying("--admin " + where, () -> AdminAddress.parse(where));
    if (address == null) {
      return new Choice(null, true);
    }
    boolean local = address.getAddress().isLoopbackAddress();
    if (!local && tokenFile == null && clientAuthorityFile == null) {
      throw new EndpointException(
          "--admin "
              + where
              + " is not valid: beyond loopback it needs --admin-token FILE, or --admin-tls-cert,"
              + " --admin-tls-key and --admin-client-ca; or stay on "
              + DEFAULT);
    }
    AccessList everyone = local ? AccessList.LOOPBACK : AccessList.ANY;
    AccessList allowed =
        allow == null ? everyone : saying("--admin-allow " + allow, () -> AccessList.parse(allow));
    Optional<String> token =
        Optional.ofNullable(tokenFile)
            .map(file -> saying("--admin-token " + file, () -> AdminToken.read(file)));
    Credentials credentials = Credentials.of(token, clientAuthorityFile != null);
    return new Choice(new Doorway(address, allowed, credentials, tls()), admin != null);
  }

  private Optional<SSLContext> tls() {
    if ((certificateFile == null) != (keyFile == null)) {
      throw new EndpointException("--admin-tls-cert and --admin-tls-key need each other");
    }
    if (certificateFile == null) {
      if (clientAuthorityFile != null) {
        throw new EndpointException(
            "--admin-client-ca needs --admin-tls-cert and --admin-tls-key, since only TLS asks for certificates");
      }
      return Optional.empty();
    }
    try {
      TlsSettings files =
          new TlsSettings(certificateFile, keyFile, Optional.ofNullable(clientAuthorityFile), 0);
      return Optional.of(TlsContext.contextOf(files));
    } catch (TlsFileException e) {
      throw new EndpointException("the admin port cannot speak TLS: " + e.getMessage());
    }
  }

  private interface Reading<T> {
    T read();
  }

  private static <T> T saying(String option, Reading<T> reading) {
    try {
      return reading.read();
    } catch (EndpointException e) {
      throw new EndpointException(option + " is not valid: " + e.getMessage());
    }
  }
}
