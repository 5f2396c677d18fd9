package io.sounder.client.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** A server's certificate was not accepted; the message says why, and what to do. */
final class RefusedCertificate extends CertificateException {
  private static final long serialVersionUID = 1L;

  private static final int MOST_HOSTS = 5; // some servers have hundreds, and the error is one line

  /** The cause stays what the JDK's was: it decides about the alert that the server gets. */
  RefusedCertificate(String message, CertificateException original) {
    super(message, original.getCause());
  }

  /**
   * Why it was not accepted.
   *
   * @param chain as the server sent it, its own certificate first
   * @param name who the server should be
   * @param trusted whom we trust
   * @param source where they come from, in words
   */
  static String reason(
      X509Certificate[] chain,
      String name,
      X509Certificate[] trusted,
      String source,
      CertificateException failure) {
    List<X509Certificate> path = path(chain);
    boolean untrusted = hasCause(failure, CertPathBuilderException.class);
    if (untrusted
        || hasCause(failure, CertificateExpiredException.class)
        || hasCause(failure, CertificateNotYetValidException.class)) {
      for (X509Certificate certificate : path) {
        String problem = validity(certificate, Instant.now());
        if (!problem.isEmpty()) {
          return problem + "; the server needs another one, or give --insecure";
        }
      }
    }
    if (untrusted) {
      return untrusted(path.get(path.size() - 1), trusted, source, failure);
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

  /** From the server's own as far as issuers were sent; what else it sent leads nowhere. */
  private static List<X509Certificate> path(X509Certificate[] chain) {
    List<X509Certificate> path = new ArrayList<>();
    X509Certificate next = chain[0];
    while (next != null && !path.contains(next)) {
      path.add(next);
      X500Principal issuer = next.getIssuerX500Principal();
      next =
          Arrays.stream(chain)
              .filter(each -> each.getSubjectX500Principal().equals(issuer))
              .findFirst()
              .orElse(null);
    }
    return path;
  }

  private static String untrusted(
      X509Certificate last, X509Certificate[] trusted, String source, Exception failure) {
    List<X509Certificate> ofThatName =
        Arrays.stream(trusted)
            .filter(each -> each.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
            .toList();
    String signed = "its certificate is signed by " + Certificates.issuer(last);
    if (ofThatName.isEmpty()) {
      return signed
          + ", which is not in "
          + source
          + "; give the authority's certificate with --ca FILE, or --insecure";
    }
    return ofThatName.stream().anyMatch(each -> isSignedBy(last, each))
        ? signed + ", which is in " + source + ", but was refused: " + rootMessage(failure)
        : signed
            + ", but not with the key that the one of that name has in "
            + source
            + "; give the authority's certificate with --ca FILE, or --insecure";
  }

  private static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String rootMessage(Throwable failure) {
    return failure.getCause() == null ? failure.getMessage() : rootMessage(failure.getCause());
  }

  private static String hosts(X509Certificate certificate) {
    List<String> hosts = Certificates.hosts(certificate);
    if (hosts.isEmpty()) {
      return Certificates.subject(certificate) + ", without alternative names";
    }
    int more = hosts.size() - MOST_HOSTS;
    return String.join(", ", hosts.subList(0, Math.min(MOST_HOSTS, hosts.size())))
        + (more > 0 ? " and " + more + " more" : "");
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
