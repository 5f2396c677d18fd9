package io.sounder.client.tls;

import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Map;
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
    if (message.contains("plaintext connection") || message.contains("unrecognized SSL message")) {
      return "the peer does not speak TLS" + PERHAPS_PLAIN;
    }
    boolean brokeOff = !(cause instanceof SSLException); // its last words may be lost
    if (handshaking && brokeOff && identity.wasAskedFor()) {
      return identity.isNone()
          ? "the server asks for a client certificate, and broke off without one;"
              + " give --cert and --key"
          : "the server refuses our certificate: it broke off when it had it; its log may say why";
    }
    if (handshaking && cause instanceof ClosedChannelException) {
      return "the peer closed the connection in the handshake" + PERHAPS_PLAIN;
    }
    return (handshaking ? "the handshake failed: " : "") + message;
  }

  private static String ofAlert(String alert, ClientIdentity identity) {
    String said = " (alert " + alert + ")";
    if (alert.equals("certificate_required") || (identity.wasAskedFor() && identity.isNone())) {
      return "the server asks for a client certificate" + said + "; give --cert and --key";
    }
    if (identity.wasAskedFor() && ABOUT_OUR_CERTIFICATE.containsKey(alert)) {
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
