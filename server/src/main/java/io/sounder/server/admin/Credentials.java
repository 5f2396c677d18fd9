package io.sounder.server.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * What whoever asks must show: a token, or a certificate that was verified with the handshake.
 * Immutable; any thread.
 */
public final class Credentials {
  /** Nothing: who may ask is decided by addresses alone. */
  public static final Credentials NONE = new Credentials(null, false);

  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private final byte[] token; // null where there is none
  private final boolean certificates;

  private Credentials(byte[] token, boolean certificates) {
    this.token = token;
    this.certificates = certificates;
  }

  /**
   * Any of these.
   *
   * @param token the secret, if one may be shown
   * @param certificates whether a client's certificate will do, too
   */
  public static Credentials of(Optional<String> token, boolean certificates) {
    return new Credentials(
        token.map(each -> each.getBytes(StandardCharsets.UTF_8)).orElse(null), certificates);
  }

  /** Whether something must be shown at all. */
  public boolean areNeeded() {
    return token != null || certificates;
  }

  /** Whether that may be a token. */
  boolean haveToken() {
    return token != null;
  }

  /** Whether the question comes with what is needed. */
  boolean areShownBy(Question question) {
    return (certificates && question.isFromCertifiedPeer())
        || (token != null && question.header("Authorization").filter(this::isRight).isPresent());
  }

  /** RFC 6750 (Bearer) or RFC 7617 (Basic), with any user and the token as the password. */
  private boolean isRight(String authorization) {
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return isToken(authorization.substring(BEARER.length()).strip());
    }
    return authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
        && isToken(password(authorization.substring(BASIC.length()).strip()));
  }

  private static String password(String encoded) {
    try {
      String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return decoded.substring(decoded.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Takes as long for a wrong token as for the right one. */
  private boolean isToken(String shown) {
    return MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), token);
  }
}
