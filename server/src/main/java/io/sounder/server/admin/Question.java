package io.sounder.server.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What somebody asks the admin port. Belongs to the thread that answers. */
public final class Question {
  private final HttpExchange exchange;

  Question(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** The method, such as {@code GET}. */
  public String method() {
    return exchange.getRequestMethod();
  }

  /** The path, decoded; empty where there is none. */
  public String path() {
    String path = exchange.getRequestURI().getPath();
    return path == null ? "" : path;
  }

  /** A parameter of the query, decoded; the first where it is given twice. */
  public Optional<String> parameter(String name) {
    String query = exchange.getRequestURI().getRawQuery();
    if (query == null) {
      return Optional.empty();
    }
    for (String each : query.split("&", -1)) {
      int equals = each.indexOf('=');
      if (equals >= 0 && decoded(each.substring(0, equals)).equals(name)) {
        return Optional.of(decoded(each.substring(equals + 1)));
      }
    }
    return Optional.empty();
  }

  /** A URI has no percent sign that is not followed by two digits, so this cannot fail. */
  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** A header; the first where it is given twice. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** Who asks. */
  public InetAddress peer() {
    return exchange.getRemoteAddress().getAddress();
  }

  /** Whether a certificate was shown that an authority of ours has issued. */
  boolean isFromCertifiedPeer() {
    if (!(exchange instanceof HttpsExchange secure)) {
      return false;
    }
    try {
      return secure.getSSLSession().getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }

  /**
   * What was sent with it.
   *
   * @param most how many bytes it may have
   * @return empty if it has more
   */
  public Optional<byte[]> body(int most) throws IOException {
    InputStream sent = exchange.getRequestBody();
    byte[] body = sent.readNBytes(most + 1);
    return body.length > most ? Optional.empty() : Optional.of(body);
  }
}
