package io.sounder.client.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The certificate that we show when a server asks for one, or none. It is shown whoever the server
 * says that it trusts: its refusal tells more than our silence. Any thread.
 */
final class ClientIdentity extends X509ExtendedKeyManager {
  private static final String ALIAS = "client";
  private static final String PKCS_8 = "PRIVATE KEY";
  private static final Set<String> OLD_LABELS =
      Set.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY");
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

  private final X509Certificate[] chain; // empty for none
  private final PrivateKey key;
  private volatile boolean asked;
  private volatile boolean shown;

  private ClientIdentity(X509Certificate[] chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  static ClientIdentity none() {
    return new ClientIdentity(new X509Certificate[0], null);
  }

  /**
   * Reads certificate and key.
   *
   * @throws io.sounder.client.outcome.UsageException if one cannot be used, or they do not belong
   *     together
   */
  static ClientIdentity read(PemFile certificateFile, PemFile keyFile) {
    List<X509Certificate> chain = Certificates.of(certificateFile);
    PrivateKey key = key(keyFile, chain.get(0).getPublicKey().getAlgorithm());
    if (!belongTogether(chain.get(0), key)) {
      throw keyFile.wrong("not the key of the first certificate in " + certificateFile.file());
    }
    return new ClientIdentity(chain.toArray(new X509Certificate[0]), key);
  }

  private static PrivateKey key(PemFile file, String algorithm) {
    for (PemFile.Block block : file.blocks()) {
      if (OLD_LABELS.contains(block.label()) || isOldEncrypted(block)) {
        throw file.wrong(
            "a key in an old format (" + block.label() + "); convert it: " + conversion(file));
      }
      if (block.label().equals(ENCRYPTED)) {
        throw file.wrong("an encrypted key; decrypt it: " + conversion(file));
      }
      if (block.label().equals(PKCS_8)) {
        return key(file, block, algorithm);
      }
    }
    throw file.wrong("no key in it; expected -----BEGIN PRIVATE KEY-----");
  }

  private static boolean isOldEncrypted(PemFile.Block block) {
    return block.label().endsWith(PKCS_8)
        && !block.label().equals(PKCS_8)
        && !block.label().equals(ENCRYPTED);
  }

  private static String conversion(PemFile file) {
    return "openssl pkcs8 -topk8 -nocrypt -in " + file.file() + " -out new.pem";
  }

  private static PrivateKey key(PemFile file, PemFile.Block block, String algorithm) {
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(block.der()));
    } catch (InvalidKeySpecException e) {
      throw file.wrong(
          "no " + algorithm + " key, as the certificate's is (" + e.getMessage() + ")");
    } catch (GeneralSecurityException e) {
      throw file.wrong("a key of the unknown kind " + algorithm + "; give RSA or EC");
    }
  }

  private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
    String algorithm = key.getAlgorithm();
    String signing =
        algorithm.equals("RSA")
            ? "SHA256withRSA"
            : algorithm.equals("EC") ? "SHA256withECDSA" : algorithm;
    byte[] probe = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(signing);
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // such as lengths that differ
    }
  }

  /** Whether any server has asked for a certificate. */
  boolean wasAskedFor() {
    return asked;
  }

  /** Whether a server has asked for a certificate, and got ours. */
  boolean wasShown() {
    return shown;
  }

  /** Whether a server has asked for a certificate, and got none: there is none that it takes. */
  boolean wasNotShown() {
    return asked && !shown;
  }

  /** Of its key: RSA, EC; only where there is one. */
  String algorithm() {
    return key.getAlgorithm();
  }

  /** Whether there is none to show. */
  boolean isNone() {
    return chain.length == 0;
  }

  @Override
  public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
    return choose(keyTypes);
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return choose(keyTypes);
  }

  private String choose(String[] keyTypes) {
    asked = true;
    boolean fits = !isNone() && List.of(keyTypes).contains(key.getAlgorithm());
    if (fits) {
      shown = true; // and stays so: the JDK may ask for one kind after the other
    }
    return fits ? ALIAS : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chain.clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return isNone() ? new String[0] : new String[] {ALIAS};
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    throw new UnsupportedOperationException("for clients");
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    throw new UnsupportedOperationException("for clients");
  }
}
