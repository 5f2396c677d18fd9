package io.sounder.server.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads certificates and the private key that belongs to them, and says what is wrong with them.
 */
final class PemIdentity {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  private PemIdentity() {}

  /** The certificates in the file, in their order; at least one. */
  static List<X509Certificate> certificates(String path) throws TlsFileException {
    List<X509Certificate> certificates = new ArrayList<>();
    PemFile file = PemFile.read(path);
    for (PemFile.Block block : file.blocks(CERTIFICATE)) {
      byte[] encoded = file.decode(block);
      try {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
      } catch (CertificateException e) {
        throw new TlsFileException(
            path
                + ": its certificate "
                + (certificates.size() + 1)
                + " is damaged; give an undamaged PEM file",
            e);
      }
    }
    if (certificates.isEmpty()) {
      throw new TlsFileException(
          path + ": holds no certificate; give a PEM file with -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }

  /** The private key in the file, which must be the one of the certificate. */
  static PrivateKey key(String path, String certificatePath, X509Certificate certificate)
      throws TlsFileException {
    PemFile file = PemFile.read(path);
    List<PemFile.Block> keys = file.blocks(KEY);
    if (keys.isEmpty()) {
      throw new TlsFileException(path + ": " + whyNoKey(file));
    }
    PublicKey publicKey = certificate.getPublicKey();
    String algorithm = publicKey.getAlgorithm();
    if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
      throw new TlsFileException(
          certificatePath
              + ": its key is "
              + algorithm
              + "; give a certificate with an RSA or EC key");
    }
    byte[] encoded = file.decode(keys.get(0));
    try {
      PrivateKey key =
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      if (areOnePair(key, publicKey)) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      throw new TlsFileException(notItsKey(path, certificatePath), e);
    }
    throw new TlsFileException(notItsKey(path, certificatePath));
  }

  private static String notItsKey(String path, String certificatePath) {
    return path
        + ": is not the private key of the first certificate in "
        + certificatePath
        + "; give the key with which that one was requested";
  }

  /** Other formats are left to a program that everybody has. */
  private static String whyNoKey(PemFile file) {
    for (PemFile.Block block : file.blocks()) {
      if (block.label().endsWith(KEY)) {
        String kind =
            block.label().startsWith("ENCRYPTED") ? "an encrypted key" : "a key that is not PKCS#8";
        return "holds "
            + kind
            + "; convert it with: openssl pkey -in "
            + file.path()
            + " -out key.pem";
      }
    }
    return "holds no private key; give a PEM file with -----BEGIN PRIVATE KEY-----";
  }

  private static boolean areOnePair(PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance("SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : "RSA"));
    byte[] text = {1, 2, 3};
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(text);
    return signature.verify(signed);
  }
}
