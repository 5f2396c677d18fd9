package io.sounder.server.tls;

import io.sounder.protocol.endpoint.TlsSettings;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * What all TLS connections of a listener share: its certificate, whom it trusts, and what is
 * spoken. Immutable; any thread.
 */
public final class TlsContext {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** Clients without session tickets could fill the JDK's 20,480. */
  private static final int MAX_SESSIONS = 1_000;

  /** A session that is resumed does not show its certificate again, so that it must not be old. */
  private static final int SESSION_SECONDS = 3_600;

  private final SSLContext context;
  private final String[] cipherSuites;
  private final boolean needsClientCertificate;
  private final Instant notAfter;

  private TlsContext(SSLContext context, boolean needsClientCertificate, Instant notAfter) {
    this.context = context;
    this.cipherSuites = forwardSecret(context.getDefaultSSLParameters().getCipherSuites());
    this.needsClientCertificate = needsClientCertificate;
    this.notAfter = notAfter;
  }

  /**
   * Reads what a listener names; blocks on files.
   *
   * @throws TlsFileException naming the file, what is wrong with it, and what to do
   */
  public static TlsContext read(TlsSettings settings) throws TlsFileException {
    String certificateFile = settings.certificateFile();
    List<X509Certificate> chain = PemIdentity.certificates(certificateFile);
    PrivateKey key = PemIdentity.key(settings.keyFile(), certificateFile, chain.get(0));
    List<X509Certificate> authorities =
        settings.clientAuthorityFile().isEmpty()
            ? List.of()
            : PemIdentity.certificates(settings.clientAuthorityFile().get());
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(chain, key), trustManagers(authorities), null);
      context.getServerSessionContext().setSessionCacheSize(MAX_SESSIONS);
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      return new TlsContext(
          context, !authorities.isEmpty(), chain.get(0).getNotAfter().toInstant());
    } catch (GeneralSecurityException | IOException e) {
      throw new TlsFileException(
          certificateFile + ": cannot be used for TLS: " + e.getMessage(), e);
    }
  }

  private static KeyManager[] keyManagers(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    char[] password = {}; // it never leaves this process
    store.setKeyEntry("listener", key, password, chain.toArray(new X509Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trustManagers(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      return new TrustManager[0];
    }
    KeyStore store = emptyStore();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Those that no later theft of the key can break (RFC 9325, section 4.2). */
  private static String[] forwardSecret(String[] suites) {
    return Arrays.stream(suites)
        .filter(
            suite ->
                suite.startsWith("TLS_AES_")
                    || suite.startsWith("TLS_CHACHA20_")
                    || (suite.startsWith("TLS_ECDHE_")
                        && (suite.contains("_GCM_") || suite.contains("_CHACHA20_"))))
        .toArray(String[]::new);
  }

  /**
   * The same for whoever speaks TLS by other means than {@link #newStream}; blocks on files.
   *
   * @throws TlsFileException naming the file, what is wrong with it, and what to do
   */
  public static SSLContext contextOf(TlsSettings settings) throws TlsFileException {
    return read(settings).context;
  }

  /** When the listener's certificate expires. */
  public Instant notAfter() {
    return notAfter;
  }

  /**
   * TLS on a socket that does not block and has been accepted, before a byte was read.
   *
   * @param buffers lends what the stream cannot do without, as long as it holds something
   */
  public TlsStream newStream(SocketChannel socket, BufferSource buffers) {
    return new TlsStream(socket, context, this::newEngine, buffers);
  }

  private SSLEngine newEngine(SSLContext shared) {
    SSLEngine engine = shared.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = new SSLParameters(cipherSuites, PROTOCOLS);
    parameters.setNeedClientAuth(needsClientCertificate);
    engine.setSSLParameters(parameters);
    return engine;
  }
}
