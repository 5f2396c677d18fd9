package io.sounder.client.tls;

import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** TLS failed; the message says why, and what to do. */
public final class TlsFailure extends SSLException {
  private static final long serialVersionUID = 1L;

  private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w+)");
  private static final String PERHAPS_PLAIN = "; it is perhaps a tcp:// listener";

  /** Alerts (RFC 8446, section 6.2) that a certificate of ours can bring about. */
  private static final Map<String, String> ABOUT_OUR_CERTIFICATE =
      Map.of(
          "bad_certificate", "it does not like it",
          "unsupported_certificate", "it is of a kind that it does not take",
          "certificate_revoked", "it is revoked",
          "certificate_expired", "it has expired",
          "certificate_unknown", "it does not trust it",
          "unknown_ca", "it does not know who signed it",
          "access_denied", "it has no access",
          "decrypt_error", "its signature does not hold");

  /** Alerts that servers send where they wanted a certificate of ours and got none. */
  private static final Set<String> MISSES_OUR_CERTIFICATE =
      Set.of(
          "certificate_required", // TLS 1.3; the others are those of TLS 1.2
          "handshake_failure",
          "bad_certificate",
          "certificate_unknown",
          "unknown_ca",
          "access_denied");

  public TlsFailure(String message) {
    super(message);
  }

  public TlsFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What an exception of the engine or the channel means.
   *
   * @param handshaking whether the handshake was not over yet
   */
  static TlsFailure of(Throwable cause, ClientIdentity identity, boolean handshaking) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof RefusedCertificate) {
        return new TlsFailure(each.getMessage(), cause);
      }
    }
    return new TlsFailure(reason(cause, identity, handshaking), cause);
  }

  private static String reason(Throwable cause, ClientIdentity identity, boolean handshaking) {
    String message = String.valueOf(cause.getMessage());
    Matcher alert = ALERT.matcher(message);
    if (alert.find()) {
      return ofAlert(alert.group(1).toLowerCase(Locale.ROOT), identity);
    }
    if (message.contains("client_hello")) {
      return "the peer sends back what it gets, and does not speak TLS" + PERHAPS_PLAIN;
    }
    if (message.startsWith("The server selected protocol version")) {
      return "the peer has neither TLS 1.2 nor TLS 1.3 (" + message + ")";
    }
    if (message.contains("plaintext connection") || message.contains("unrecognized SSL message")) {
      return "the peer does not speak TLS" + PERHAPS_PLAIN;
    }
    boolean brokeOff = !(cause instanceof SSLException); // its last words may be lost
    if (handshaking && brokeOff && identity.wasNotShown()) {
      return notShown(identity, ", and broke off without one");
    }
    if (handshaking && brokeOff && identity.wasShown()) {
      return "the server refuses our certificate: it broke off when it had it;"
          + " give another with --cert and --key, or look into its log";
    }
    if (handshaking && cause instanceof ClosedChannelException) {
      return "the peer closed the connection in the handshake"
          + PERHAPS_PLAIN
          + ", or wants a PROXY header";
    }
    return (handshaking ? "the handshake failed: " : "the TLS connection broke: ") + message;
  }

  private static String notShown(ClientIdentity identity, String then) {
    return "the server asks for a client certificate"
        + (identity.isNone()
            ? then + "; give --cert and --key"
            : " of another kind than ours, which is "
                + identity.algorithm()
                + then
                + "; give another with --cert and --key");
  }

  private static String ofAlert(String alert, ClientIdentity identity) {
    String said = " (alert " + alert + ")";
    if (identity.wasNotShown() && MISSES_OUR_CERTIFICATE.contains(alert)) {
      return notShown(identity, said);
    }
    if (identity.wasShown() && ABOUT_OUR_CERTIFICATE.containsKey(alert)) {
      return "the server refuses our certificate: "
          + ABOUT_OUR_CERTIFICATE.get(alert)
          + said
          + "; give another with --cert and --key";
    }
    return switch (alert) {
      case "protocol_version" -> "the peer has neither TLS 1.2 nor TLS 1.3" + said;
      case "handshake_failure" -> "the peer has no cipher suite in common with us" + said;
      case "unrecognized_name" ->
          "the peer does not know itself by that name" + said + "; give another with --sni";
      default -> "the peer broke it off" + said + "; its log may say why";
    };
  }
}
