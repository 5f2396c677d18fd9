package io.sounder.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.server.AdminPages;
import io.sounder.server.fixture.RunningServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults over HTTP: what is shown, what is changed, and what is refused. */
@Timeout(30)
class FaultsPageTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private RunningServer server;
  private AdminServer admin;
  private String listener;

  @BeforeEach
  void serve() throws Exception {
    server = RunningServer.on("tcp://127.0.0.1:0?drop=5&seed=1", "udp://127.0.0.1:0");
    listener = server.endpoint(0).toString();
    admin =
        AdminServer.bind(
            Doorway.plain(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), AccessList.LOOPBACK),
            () -> {});
    admin.serve(AdminPages.of(server.server()));
  }

  @AfterEach
  void stop() {
    admin.stop();
    server.close();
  }

  @Test
  void showsEachListenerWithItsFaults() throws Exception {
    HttpResponse<String> shown = send(request("/faults").GET());
    assertEquals(200, shown.statusCode());
    assertEquals(listener + "?drop=5&seed=1\n" + server.endpoint(1) + "\n", shown.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ?delay=2ms:5,50ms:.1&seed=7   | ?delay=2ms:5,50ms:0.1&seed=7
          ?capacity=20k                 | ?capacity=20000
          ?drop=0                       | ""
          ?                             | ""
          ""                            | ""
          """)
  void replacesAllOfAListenersFaults(String keys, String effective) throws Exception {
    for (String end : new String[] {"", "\n", "\r\n"}) {
      HttpResponse<String> changed = put(listener + keys + end);
      assertEquals(200, changed.statusCode());
      assertEquals(listener + effective + "\n", changed.body());
    }
    assertTrue(send(request("/faults").GET()).body().startsWith(listener + effective + "\n"));
  }

  @Test
  void saysWhichSeedItHasChosen() throws Exception {
    HttpResponse<String> changed = put(listener + "?drop=1");
    assertTrue(changed.body().startsWith(listener + "?drop=1&seed="), changed::body);
    assertEquals(changed.body(), put(changed.body()).body(), "and takes it back");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ?drop=101             | drop=101 is not valid: '101' percent is more than all
          ?framing=line         | framing=line is not for a tcp listener at run time; a tcp listener at run time has delay, drop
          ?reorder=1            | reorder=1 is not for a tcp listener
          ??                    | '' has no =
          ?drop                 | 'drop' has no =
          """)
  void saysInOneLineWhatItCannotRead(String keys, String said) throws Exception {
    HttpResponse<String> refused = put(listener + keys);
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains(said), refused::body);
    assertEquals(1, refused.body().lines().count());
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "drop=1", "tcp://127.0.0.1:1?drop=1\nudp://127.0.0.1:1?drop=1"})
  void refusesWhatIsNoListener(String body) throws Exception {
    assertEquals(400, put(body).statusCode());
    assertUnchanged();
  }

  @Test
  void knowsNoOtherListeners() throws Exception {
    HttpResponse<String> unknown = put("tcp://127.0.0.1:1?drop=1");
    assertEquals(404, unknown.statusCode());
    assertEquals(
        "tcp://127.0.0.1:1 is no listener; there is " + listener + ", " + server.endpoint(1) + "\n",
        unknown.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://attacker.example", "null", "http://127.0.0.1:8880"})
  void refusesAChangeFromAWebPage(String origin) throws Exception {
    HttpResponse<String> refused =
        send(request("/faults").header("Origin", origin).PUT(BodyPublishers.ofString(listener)));
    assertEquals(403, refused.statusCode());
    assertUnchanged();
  }

  @Test
  void grantsNoPreflight() throws Exception {
    HttpResponse<String> refused =
        send(
            request("/faults")
                .header("Origin", "http://attacker.example")
                .header("Access-Control-Request-Method", "PUT")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertEquals(405, refused.statusCode());
    assertTrue(refused.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
  }

  @Test
  void refusesABodyThatNobodyCanMean() throws Exception {
    assertEquals(413, put(listener + "?drop=1" + " ".repeat(10_000)).statusCode());
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "PATCH"})
  void takesNoOtherMethod(String method) throws Exception {
    HttpRequest.Builder asked =
        request("/faults").method(method, BodyPublishers.ofString(listener));
    assertEquals(405, send(asked).statusCode());
    assertUnchanged();
  }

  @Test
  void changesNothingOnOtherPages() throws Exception {
    for (String path : new String[] {"/stats", "/healthz"}) {
      assertEquals(405, send(request(path).PUT(BodyPublishers.ofString(listener))).statusCode());
    }
    assertEquals(404, send(request("/faults/x").GET()).statusCode());
    assertUnchanged();
  }

  private void assertUnchanged() {
    assertTrue(server.server().faults().list().startsWith(listener + "?drop=5&seed=1\n"));
  }

  private HttpResponse<String> put(String body) throws Exception {
    return send(request("/faults").PUT(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + admin.address().getPort() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
