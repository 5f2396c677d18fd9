package io.sounder.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.TlsSettings;
import io.sounder.server.fixture.Certificates;
import io.sounder.server.fixture.Certificates.Client;
import io.sounder.server.tls.TlsContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who must show what to be answered. */
@Timeout(30)
class CredentialsTest {
  private static final String TOKEN = "0123456789abcdef:with-a-colon";

  private final AtomicInteger refused = new AtomicInteger();
  private HttpClient client = HttpClient.newHttpClient();
  private AdminServer admin;
  private String scheme;

  @AfterEach
  void stop() {
    admin.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
  void takeTheTokenFromAProgram(String scheme) throws Exception {
    serve(Credentials.of(Optional.of(TOKEN), false), null);
    assertEquals(200, ask("/secret", scheme + TOKEN).statusCode());
    assertEquals(0, refused.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"anybody:", ":"})
  void takeTheTokenFromABrowserAsThePassword(String user) throws Exception {
    serve(Credentials.of(Optional.of(TOKEN), false), null);
    assertEquals(200, ask("/secret", basic(user + TOKEN)).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer 0123456789abcdef",
        "Bearer 0123456789abcdef:with-a-colon2",
        "Basic %%%",
        "Digest 0123456789abcdef:with-a-colon",
        "0123456789abcdef:with-a-colon"
      })
  void refuseAnythingElseAndCountIt(String authorization) throws Exception {
    serve(Credentials.of(Optional.of(TOKEN), false), null);
    HttpResponse<String> answer = ask("/secret", authorization);
    assertEquals(401, answer.statusCode());
    assertEquals("not without the token\n", answer.body());
    assertEquals(
        "Basic realm=\"sounder\", charset=\"UTF-8\"",
        answer.headers().firstValue("WWW-Authenticate").orElse(""));
    assertEquals(401, ask("/nothing", authorization).statusCode(), "nor tell what there is");
    assertEquals(2, refused.get());
  }

  @Test
  void refuseAWrongPassword() throws Exception {
    serve(Credentials.of(Optional.of(TOKEN), false), null);
    assertEquals(401, ask("/secret", basic("0123456789abcdef:wrong")).statusCode());
  }

  @Test
  void areNotAskedOfProbes() throws Exception {
    serve(Credentials.of(Optional.of(TOKEN), false), null);
    assertEquals("fine\n", ask("/open", "").body());
    assertEquals(0, refused.get());
  }

  @Test
  void mayBeACertificateOfAnAuthorityOfOurs() throws Exception {
    client = https(Client.TRUSTED);
    serve(Credentials.of(Optional.empty(), true), tls());
    assertEquals(200, ask("/secret", "").statusCode());
  }

  @Test
  void areNotShownByWhoHasNoCertificate() throws Exception {
    client = https(Client.WITHOUT);
    serve(Credentials.of(Optional.empty(), true), tls());
    assertEquals(403, ask("/secret", "").statusCode());
    assertEquals(403, ask("/secret", "Bearer ").statusCode());
    assertEquals("fine\n", ask("/open", "").body());
    assertEquals(2, refused.get());
  }

  @Test
  void mayBeEitherWhereBothAreAskedFor() throws Exception {
    client = https(Client.WITHOUT);
    serve(Credentials.of(Optional.of(TOKEN), true), tls());
    assertEquals(401, ask("/secret", "").statusCode());
    assertEquals(200, ask("/secret", "Bearer " + TOKEN).statusCode());
    client = https(Client.TRUSTED);
    assertEquals(200, ask("/secret", "").statusCode());
  }

  @Test
  void areNotACertificateOfSomebodyElse() throws Exception {
    client = https(Client.OF_ANOTHER_AUTHORITY);
    serve(Credentials.of(Optional.empty(), true), tls());
    assertThrows(IOException.class, () -> ask("/secret", ""));
  }

  private void serve(Credentials credentials, SSLContext tls) throws IOException {
    Doorway doorway =
        new Doorway(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            AccessList.LOOPBACK,
            credentials,
            Optional.ofNullable(tls));
    scheme = doorway.scheme();
    admin = AdminServer.bind(doorway, refused::incrementAndGet);
    admin.serve(
        new Routes()
            .add("/secret", question -> Answer.text(200, "secret\n"))
            .addOpen("/open", question -> Answer.text(200, "fine\n")));
  }

  private static SSLContext tls() throws Exception {
    return TlsContext.contextOf(
        new TlsSettings(
            Certificates.file("server.pem").toString(),
            Certificates.file("server-key.pem").toString(),
            Optional.of(Certificates.file("authority.pem").toString()),
            0));
  }

  private static HttpClient https(Client who) {
    return HttpClient.newBuilder().sslContext(Certificates.context(who)).build();
  }

  private static String basic(String userAndPassword) {
    return "Basic "
        + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> ask(String path, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create(scheme + "://127.0.0.1:" + admin.address().getPort() + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
