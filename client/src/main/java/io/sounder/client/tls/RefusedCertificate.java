package io.sounder.client.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A server's certificate was not accepted; the message says why, and what to do. */
final class RefusedCertificate extends CertificateException {
  private static final long serialVersionUID = 1L;

  /** The cause stays what the JDK's was: it decides about the alert that the server gets. */
  RefusedCertificate(String message, CertificateException original) {
    super(message, original.getCause());
  }

  /**
   * Why it was not accepted.
   *
   * @param chain as the server sent it, its own certificate first
   * @param name who the server should be
   * @param authorities whom we trust, in words
   */
  static String reason(
      X509Certificate[] chain, String name, String authorities, CertificateException failure) {
    boolean untrusted = hasCause(failure, CertPathBuilderException.class);
    if (untrusted
        || hasCause(failure, CertificateExpiredException.class)
        || hasCause(failure, CertificateNotYetValidException.class)) {
      for (X509Certificate certificate : chain) {
        String problem = validity(certificate, Instant.now());
        if (!problem.isEmpty()) {
          return problem + "; the server needs another one, or give --insecure";
        }
      }
    }
    if (untrusted) {
      X509Certificate last = chain[chain.length - 1];
      return "its certificate is signed by "
          + Certificates.issuer(last)
          + ", which is not in "
          + authorities
          + "; give the authority's certificate with --ca FILE, or --insecure";
    }
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith("No ") && message.contains("name")) {
      return "its certificate is not for "
          + name
          + " but for "
          + hosts(chain[0])
          + "; give the name with --sni, or --insecure";
    }
    return "its certificate was refused: " + message;
  }

  private static String hosts(X509Certificate certificate) {
    List<String> hosts = Certificates.hosts(certificate);
    return hosts.isEmpty()
        ? Certificates.subject(certificate) + ", without alternative names"
        : String.join(", ", hosts);
  }

  private static String validity(X509Certificate certificate, Instant now) {
    String whose = "the certificate of " + Certificates.subject(certificate);
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    if (end.isBefore(now)) {
      return whose + " has expired on " + end + ", " + days(end, now) + " ago";
    }
    if (begin.isAfter(now)) {
      return whose + " is not valid before " + begin + ", in " + days(now, begin);
    }
    return "";
  }

  private static String days(Instant from, Instant to) {
    long days = ChronoUnit.DAYS.between(from, to);
    return days + (days == 1 ? " day" : " days");
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return true;
      }
    }
    return false;
  }
}
