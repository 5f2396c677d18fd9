package io.sounder.client.tls;

import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.IpLiteral;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Everything that the TLS connections to one target share. Any thread. */
public final class TlsContext {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final SSLContext context;
  private final ServerTrust trust;
  private final ClientIdentity identity;
  private final String name;
  private final List<SNIServerName> askedFor;
  private final AtomicInteger engines = new AtomicInteger();

  private TlsContext(
      ServerTrust trust, ClientIdentity identity, String name, List<SNIServerName> askedFor)
      throws GeneralSecurityException {
    this.trust = trust;
    this.identity = identity;
    this.name = name;
    this.askedFor = askedFor;
    this.context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {identity}, new TrustManager[] {trust}, null);
    context.getClientSessionContext().setSessionCacheSize(1); // none is ever resumed
  }

  /**
   * Reads the files.
   *
   * @param host of the target
   * @throws UsageException if a file cannot be used, or the name is none
   */
  public static TlsContext create(TlsSettings settings, String host) {
    String name = settings.serverName() == null ? asInCertificates(host) : settings.serverName();
    ServerTrust trust =
        settings.insecure()
            ? ServerTrust.blind()
            : settings.authorities() == null
                ? ServerTrust.standard(name)
                : ServerTrust.of(PemFile.read("--ca", settings.authorities()), name);
    ClientIdentity identity =
        settings.certificate() == null
            ? ClientIdentity.none()
            : ClientIdentity.read(
                PemFile.read("--cert", settings.certificate()),
                PemFile.read("--key", settings.key()));
    try {
      return new TlsContext(
          trust, identity, name, serverNames(name, settings.serverName() != null));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** Trusts one server, by its own certificate. */
  static TlsContext trusting(X509Certificate server, String host) throws GeneralSecurityException {
    ServerTrust trust = ServerTrust.of(List.of(server), "this process", host);
    return new TlsContext(trust, ClientIdentity.none(), host, serverNames(host, false));
  }

  /** Certificates know neither the zone of an address nor the dot behind a name. */
  private static String asInCertificates(String host) {
    int zone = host.indexOf('%');
    String name = zone < 0 ? host : host.substring(0, zone);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** Addresses are not sent (RFC 6066, section 3), nor hosts that are no names of the DNS. */
  private static List<SNIServerName> serverNames(String name, boolean mustBeOne) {
    if (!mustBeOne && IpLiteral.parse(name).isPresent()) {
      return List.of();
    }
    try {
      if (IpLiteral.parse(name).isPresent()) {
        throw new IllegalArgumentException("an address");
      }
      return List.of(new SNIHostName(name));
    } catch (IllegalArgumentException e) {
      if (mustBeOne) {
        throw new UsageException("--sni: '" + name + "' is no DNS name (" + e.getMessage() + ")");
      }
      return List.of();
    }
  }

  /**
   * An engine for one connection. It never resumes a session: every connection costs both sides
   * what that of a new user would.
   */
  public SSLEngine newEngine() {
    // The JDK looks sessions up by host and port; the port is no more than that.
    SSLEngine engine = context.createSSLEngine(name, engines.getAndIncrement() & 0x7fffffff);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setServerNames(askedFor);
    if (trust.verifies()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Whether chain and name are verified. */
  public boolean verifies() {
    return trust.verifies();
  }

  /** Where they are: for which name, and by whom, in words. */
  public String verification() {
    return trust.text();
  }

  /**
   * Whether the server has asked for our certificate, in this connection or an earlier one. Under
   * TLS 1.3 its verdict comes after the handshake is over on our side.
   */
  public boolean serverAsksForCertificate() {
    return identity.wasAskedFor();
  }

  /**
   * What an exception of the engine or the channel means.
   *
   * @param handshaking whether the handshake was not over yet
   */
  public TlsFailure explain(Throwable cause, boolean handshaking) {
    return cause instanceof TlsFailure known ? known : TlsFailure.of(cause, identity, handshaking);
  }
}
