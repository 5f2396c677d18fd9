package io.sounder.page;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.client.fixture.Browser;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser, beside a server that works. */
class LivePageIT {
  private static final int DESK = 1180;
  private static final int PHONE = 360;

  /** Its listener with this index is for lines, and is watched; the next one is not to be. */
  private static final int WATCHED = 0;

  @TempDir(cleanup = CleanupMode.NEVER) // the browser may still be writing there as it ends
  static Path profile;

  private static Browser browser;
  private static WatchedServer server;

  @BeforeAll
  static void starts() throws Exception {
    assumeTrue(Browser.executable().isPresent(), "chromium is not installed");
    server =
        new WatchedServer(
            "tcp://127.0.0.1:0?framing=line&reply=discard&inspect=on", "tcp://127.0.0.1:0");
    browser = Browser.start(profile);
  }

  @AfterAll
  static void ends() {
    if (browser != null) {
      browser.close();
      server.close();
    }
  }

  private static void open(int width) {
    browser.open(server.page(), width, width == PHONE, true);
    awaitScript("Number(document.documentElement.dataset.figures) >= 1");
  }

  /** Opens the page, and watches what arrives. */
  private static void watch(int width) {
    open(width);
    browser.evaluate("document.querySelector('#listener-table button').click()");
    awaitScript("!document.getElementById('arrives-body').hidden");
    // until the stream that has messages tells of some, none are copied
    awaitScript("document.getElementById('sampled').textContent.includes('showing')");
  }

  private static void awaitScript(String condition) {
    await(condition)
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> browser.evaluate(condition).asBoolean());
  }

  private static String text(String id) {
    return browser.evaluate("document.getElementById('" + id + "').textContent").asText();
  }

  private static void assertNoProblems() {
    assertEquals(
        "none", browser.evaluate("document.documentElement.dataset.problems ?? 'none'").asText());
    assertEquals(List.of(), browser.events("Runtime.exceptionThrown"));
    assertEquals(List.of(), browser.events("Log.entryAdded"));
  }

  @ParameterizedTest
  @ValueSource(ints = {DESK, PHONE})
  void showsTheFiguresOfStatsAtAnyWidthAndLoadsNothingFromElsewhere(int width) throws IOException {
    try (Socket peer = server.connect(1)) {
      WatchedServer.send(peer, "hello");
      peer.getInputStream().readNBytes(5);
      open(width);
      long messages = figure("messages_total");
      awaitScript(
          "document.getElementById('beside-messages').textContent === '" + messages + " in all'");
      assertEquals(
          figure("connections_accepted_total") + " accepted in all", text("beside-connections"));
      awaitScript("document.querySelector('#connection-table tbody').textContent.includes('open')");
      String peerText = "127.0.0.1:" + peer.getLocalPort();
      assertTrue(text("connection-table").contains(peerText), text("connection-table"));
      assertEquals("live", text("link"));
      String beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      assertEquals(0, browser.evaluate(beyond).asInt(), "nothing sticks out at the side");
      for (JsonNode request : browser.events("Network.requestWillBeSent")) {
        String url = request.at("/request/url").asText();
        assertTrue(url.startsWith(server.page().toString()), url);
      }
      assertNoProblems();
    }
  }

  private static long figure(String name) {
    return server
        .stats()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatPeersSendIsTextAndNothingElse() throws Exception {
    watch(PHONE);
    try (Socket peer = server.connect(WATCHED)) {
      WatchedServer.send(peer, "<img src=x onerror=\"window.evil=1\"> \"'`\u202E\0\n");
      WatchedServer.send(peer, "{\"<b onclick='window.evil=2'>\": 1}\n");
      peer.getOutputStream().write(new byte[] {'a', (byte) 0xff, (byte) 0xe2, (byte) 0x80, '\n'});
      awaitScript("document.querySelectorAll('#feed-rows tr').length >= 3");
      String shown = text("feed-rows");
      assertTrue(shown.contains("<img src=x onerror=\"window.evil=1\"> \"'`\\u202e\\0"), shown);
      assertTrue(shown.contains("a\\xff\\xe2\\x80"), shown);
      awaitScript("document.getElementById('names').textContent.includes('<b onclick=')");
      assertEquals(0, browser.evaluate("document.images.length").asInt());
      assertEquals(0, browser.evaluate("document.querySelectorAll('main b').length").asInt());
      assertEquals("undefined", browser.evaluate("typeof window.evil").asText());
      browser.evaluate("document.getElementById('as-hex').click()");
      assertTrue(text("feed-rows").contains("61 ff e2 80"), text("feed-rows"));
      browser.evaluate(
          "const filter = document.getElementById('filter'); filter.value = 'ONERROR';"
              + " filter.dispatchEvent(new Event('input'))");
      assertEquals(
          1, browser.evaluate("document.querySelectorAll('#feed-rows tr').length").asInt());
      assertNoProblems();
    }
  }

  @Test
  void drawsTheNumbersInMessagesAndHoldsStillWhenAsked() throws Exception {
    watch(DESK);
    try (Socket peer = server.connect(WATCHED);
        Socket other = server.connect(WATCHED)) {
      WatchedServer.send(peer, "{\"t\": 21.5, \"pos\": [1, 2]}\n{'t': 22.5, 'ok': True}\n");
      WatchedServer.send(other, "t=-3.25 distance: 0.42\n");
      awaitScript("document.querySelectorAll('#curve-list canvas').length === 4");
      assertEquals("tpos[0]pos[1]distance", text("names"));
      awaitScript("document.querySelectorAll('#peers .peer').length === 2");
      awaitScript("document.querySelector('.curve .values').textContent === '22.5−3.25'");
      browser.evaluate("document.querySelector('#names input').click()");
      assertEquals(
          3, browser.evaluate("document.querySelectorAll('#curve-list canvas').length").asInt());
      browser.evaluate("document.getElementById('pause').click()");
      WatchedServer.send(other, "t=99 late=1\n");
      awaitScript(
          "document.getElementById('sampled').textContent === 'paused; 1 more have arrived'");
      assertTrue(!text("feed-rows").contains("late"), "nothing moves");
      assertNoProblems();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"t\": 21.5, \"a\": {\"b\": -3e2}, \"s\": \"x=1\"} | {\"t\": 21.5, \"a.b\": -300}",
        "{'t': 21.5, 'ok': True, 'pos': [1,2], 'n': None} | {\"t\": 21.5, \"pos[0]\": 1, \"pos[1]\": 2}",
        "{'seen': ['cat', \"it's\"], 'x': (1, 2.5), 3: 4} | {\"x[0]\": 1, \"x[1]\": 2.5, \"3\": 4}",
        "{'x': array([1., 2.]), 'y': np.float64(3.5)} | {\"x[0]\": 1, \"x[1]\": 2, \"y\": 3.5}",
        "distance=0.42 | {\"distance\": 0.42}",
        "a=1,b=-2;c=.5 | {\"a\": 1, \"b\": -2, \"c\": 0.5}",
        "a: 1 b = 21.5 C, c=40% | {\"a\": 1, \"b\": 21.5, \"c\": 40}",
        "INFO {'t': 1} | {\"t\": 1}",
        "at=12:30:05 id=3f2a | {}",
        "{\"t\": | {}",
        "hello | {}"
      })
  void findsNumbersWithNames(String message, String expected) throws IOException {
    if (!browser.evaluate("location.href").asText().equals(server.page().toString())) {
      open(DESK);
    }
    String quoted = new ObjectMapper().writeValueAsString(message);
    JsonNode found =
        browser.evaluate(
            "import('/page/fields.js').then((it) => Object.fromEntries(it.fields("
                + quoted
                + ")))");
    JsonNode wanted = new ObjectMapper().readTree(expected);
    assertEquals(wanted.size(), found.size(), found::toString);
    wanted
        .properties()
        .forEach(
            each -> assertEquals(each.getValue().asDouble(), found.path(each.getKey()).asDouble()));
  }

  @Test
  void saysThatTheServiceIsGoneAndGoesOnWhenItIsBack() throws Exception {
    open(DESK);
    server.closePage();
    awaitScript("document.getElementById('link').textContent === 'connection lost; trying again'");
    server.openPageAgain();
    awaitScript("document.getElementById('link').textContent === 'live'");
  }

  @Test
  void canBeReadAloudAndUsedWithoutAMouse() {
    open(DESK);
    browser.key("Tab");
    assertEquals("skip", browser.evaluate("document.activeElement.className").asText());
    assertEquals(1, browser.evaluate("document.querySelectorAll('main').length").asInt());
    assertEquals(1, browser.evaluate("document.querySelectorAll('h1').length").asInt());
    String unnamed =
        "[...document.querySelectorAll('button, select, input, [role=region], [role=img]')]"
            + ".filter((each) => !(each.textContent.trim() || each.labels?.length"
            + " || each.getAttribute('aria-label') || each.getAttribute('aria-labelledby'))).length";
    assertEquals(0, browser.evaluate(unnamed).asInt(), "each has a name");
    String unscoped =
        "[...document.querySelectorAll('table:not(.u-legend) th')].filter((th) => !th.scope).length";
    assertEquals(0, browser.evaluate(unscoped).asInt(), "each heading says of what");
    String sorted =
        "[...document.querySelectorAll('#connection-table th')]"
            + ".map((th) => th.getAttribute('aria-sort')).join()";
    assertEquals(",,,descending,,,,", browser.evaluate(sorted).asText());
    browser.evaluate("document.querySelector('#connection-table th button').click()");
    assertEquals("ascending,,,,,,,", browser.evaluate(sorted).asText());
    assertNoProblems();
  }
}
