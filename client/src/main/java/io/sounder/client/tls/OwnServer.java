package io.sounder.client.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Both sides of TLS within this process: a certificate made on the spot, and who trusts it.
 *
 * @param server for the server's side
 * @param client for ours
 */
public record OwnServer(SSLContext server, TlsContext client) {
  private static final char[] NO_SECRET = {'x'}; // of a store that never leaves the memory

  /**
   * Makes a certificate, and with it both sides.
   *
   * @param host under which the server is reached
   * @throws GeneralSecurityException if this Java lacks something for it
   */
  public static OwnServer make(String host) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    Instant now = Instant.now();
    X509Certificate certificate =
        CertificateMaker.make(
            keys,
            host,
            List.of(host),
            true,
            now.minus(Duration.ofDays(1)),
            now.plus(Duration.ofDays(1)),
            host,
            keys.getPrivate());
    return new OwnServer(context(keys, certificate), TlsContext.trusting(certificate, host));
  }

  private static SSLContext context(KeyPair keys, X509Certificate certificate)
      throws GeneralSecurityException {
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", keys.getPrivate(), NO_SECRET, new Certificate[] {certificate});
      managers.init(store, NO_SECRET);
    } catch (IOException e) {
      throw new IllegalStateException("a store of keys in memory cannot be made", e);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
