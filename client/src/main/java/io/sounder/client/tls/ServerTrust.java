package io.sounder.client.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Verifies a server's certificates, chain and name, and says what is wrong with them; or lets
 * everything pass. Any thread.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager verifier; // null: everything passes
  private final String name;
  private final String authorities;

  private ServerTrust(X509ExtendedTrustManager verifier, String name, String authorities) {
    this.verifier = verifier;
    this.name = name;
    this.authorities = authorities;
  }

  /** Trusts what this Java trusts. */
  static ServerTrust standard(String name) {
    return new ServerTrust(verifier(null), name, "this Java's trust store");
  }

  /** Trusts the authorities in a file, and no others. */
  static ServerTrust of(PemFile authorities, String name) {
    return of(Certificates.of(authorities), authorities.flag() + " " + authorities.file(), name);
  }

  /**
   * Trusts some authorities, and no others.
   *
   * @param source where they come from, in words
   */
  static ServerTrust of(List<X509Certificate> authorities, String source, String name) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate certificate : authorities) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      return new ServerTrust(verifier(store), name, source);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a store of certificates in memory cannot be made", e);
    }
  }

  /** Trusts everybody. */
  static ServerTrust blind() {
    return new ServerTrust(null, "", "");
  }

  private static X509ExtendedTrustManager verifier(KeyStore store) {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager verifier) {
          return verifier;
        }
      }
      throw new IllegalStateException("this Java verifies no X.509 certificates");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java's trust store cannot be used", e);
    }
  }

  boolean verifies() {
    return verifier != null;
  }

  /** What is verified and by whom, in words: {@code for localhost, by --ca ca.pem}. */
  String text() {
    return "for " + name + ", by " + authorities;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (verifier == null) {
      return;
    }
    try {
      verifier.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw new RefusedCertificate(
          RefusedCertificate.reason(chain, name, verifier.getAcceptedIssuers(), authorities, e), e);
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0]; // a client sends no list
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new UnsupportedOperationException("for engines");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("for engines");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    throw new UnsupportedOperationException("for clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new UnsupportedOperationException("for clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("for clients");
  }
}
