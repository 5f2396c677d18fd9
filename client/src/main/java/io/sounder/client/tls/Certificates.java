package io.sounder.client.tls;

import io.sounder.protocol.endpoint.IpLiteral;
import io.sounder.protocol.text.Escapes;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Reads certificates, and shows what is in them; what a peer sent is escaped. */
public final class Certificates {
  private static final String LABEL = "CERTIFICATE";
  private static final int SAN_DNS = 2; // RFC 5280, section 4.2.1.6
  private static final int SAN_IP = 7;

  /** Longer names are no help to anybody: a handshake may bring 32 KiB of them. */
  private static final int MOST_SHOWN_BYTES = 256;

  private Certificates() {}

  /** All certificates of a file, in their order; at least one. */
  static List<X509Certificate> of(PemFile file) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemFile.Block block : file.blocks()) {
        if (block.label().equals(LABEL)) {
          certificates.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
    } catch (CertificateException e) {
      throw file.wrong("a certificate in it cannot be read (" + e.getMessage() + ")");
    }
    if (certificates.isEmpty()) {
      throw file.wrong("no certificate in it; expected -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }

  /** Whom it is for: {@code CN=localhost}. */
  public static String subject(X509Certificate certificate) {
    return text(certificate.getSubjectX500Principal());
  }

  /** Who signed it. */
  public static String issuer(X509Certificate certificate) {
    return text(certificate.getIssuerX500Principal());
  }

  private static String text(X500Principal principal) {
    String name = principal.getName();
    return name.isEmpty() ? "(no name)" : shown(name);
  }

  private static String shown(String text) {
    return Escapes.show(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), MOST_SHOWN_BYTES);
  }

  /** The hosts that it is for: names and IP addresses among its subject alternative names. */
  public static List<String> hosts(X509Certificate certificate) {
    List<String> hosts = new ArrayList<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        for (List<?> name : names) {
          int type = (Integer) name.get(0);
          if (type == SAN_DNS || type == SAN_IP) {
            hosts.add(host((String) name.get(1), type == SAN_IP));
          }
        }
      }
    } catch (CertificateParsingException e) {
      return List.of("(unreadable)");
    }
    return hosts;
  }

  /** An address among the names is for no address: only those among the addresses are. */
  private static String host(String text, boolean isAddress) {
    if (isAddress) {
      return shown(IpLiteral.compressed(text));
    }
    return shown(text) + (IpLiteral.parse(text).isPresent() ? " (as a name, not an address)" : "");
  }

  /** The SHA-256 of it, as others print it: {@code AB:CD:…}. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (CertificateEncodingException e) {
      return "(unreadable)";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
