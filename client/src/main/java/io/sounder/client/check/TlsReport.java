package io.sounder.client.check;

import io.sounder.client.tls.Certificates;
import io.sounder.client.wire.TlsWire;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What a handshake has led to: protocol, cipher suite, and the certificates of the server. */
final class TlsReport {
  /** Certificates are commonly renewed a month before their end; then it did not work. */
  private static final long FEW_DAYS = 14;

  private final TlsWire wire;
  private final Instant now;

  TlsReport(TlsWire wire, Instant now) {
    this.wire = wire;
    this.now = now;
  }

  /** In one line. */
  String outcome() {
    SSLSession session = wire.session();
    return session.getProtocol()
        + " "
        + session.getCipherSuite()
        + (wire.isVerified() ? "" : ", certificate NOT verified (--insecure)");
  }

  /** The certificates, the server's own first. */
  List<String> lines(boolean verbose) {
    List<String> lines = new ArrayList<>();
    try {
      for (Certificate each : wire.session().getPeerCertificates()) {
        add(lines, (X509Certificate) each, verbose);
      }
    } catch (SSLPeerUnverifiedException e) {
      lines.add("Certificate    none"); // cannot be with the cipher suites that Java offers
    }
    if (verbose) {
      lines.add("Verified       " + (wire.isVerified() ? wire.verification() : "no"));
      lines.add("Ours           " + ours());
    }
    return lines;
  }

  private String ours() {
    if (!wire.wasAskedForCertificate()) {
      return "not asked for";
    }
    Certificate[] shown = wire.session().getLocalCertificates();
    return shown == null
        ? "asked for, and none shown"
        : "asked for, and shown: " + Certificates.subject((X509Certificate) shown[0]);
  }

  private void add(List<String> lines, X509Certificate certificate, boolean verbose) {
    lines.add(
        (lines.isEmpty() ? "Certificate    " : "  and          ")
            + Certificates.subject(certificate));
    lines.add("  issuer       " + Certificates.issuer(certificate));
    lines.add("  valid until  " + validity(certificate));
    if (verbose) {
      lines.add("  valid from   " + date(certificate.getNotBefore().toInstant()));
      List<String> hosts = Certificates.hosts(certificate);
      lines.add("  names        " + (hosts.isEmpty() ? "none" : String.join(", ", hosts)));
      lines.add("  key          " + key(certificate.getPublicKey()));
      lines.add("  SHA-256      " + Certificates.fingerprint(certificate));
    }
  }

  private static LocalDate date(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private String validity(X509Certificate certificate) {
    Instant end = certificate.getNotAfter().toInstant();
    Instant begin = certificate.getNotBefore().toInstant();
    if (begin.isAfter(now)) {
      return date(end) + ", but not before " + date(begin);
    }
    if (end.isBefore(now)) {
      return date(end) + ", which is over";
    }
    long days = ChronoUnit.DAYS.between(now, end);
    return date(end)
        + ", "
        + days
        + (days == 1 ? " day left" : " days left")
        + (days < FEW_DAYS ? ": WARNING, renew it" : "");
  }

  private static String key(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return "RSA, " + rsa.getModulus().bitLength() + " bits";
    }
    if (key instanceof ECPublicKey ec) {
      return "EC, " + ec.getParams().getCurve().getField().getFieldSize() + " bits";
    }
    return key.getAlgorithm();
  }
}
