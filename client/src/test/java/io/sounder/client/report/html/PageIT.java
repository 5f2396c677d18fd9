package io.sounder.client.report.html;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.fixture.Browser;
import io.sounder.client.report.Quantities;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.EncodedHistogram;
import io.sounder.client.report.document.Statistic;
import io.sounder.client.report.document.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page in a real browser: what its script makes of it, with the mouse and the keyboard. */
class PageIT {
  private static final int DESK = 1000;
  private static final int PHONE = 390;
  private static final String EVIL = "</script><img src=x onerror=\"window.evil=1\">";

  private static final String LONG_WORD = "tcp://" + "x".repeat(500) + ":1";

  /** Results that a page has to cope with. */
  enum Kind {
    ONE,
    TWO,
    SWEEP,
    SEARCH,
    TROUBLED,
    HOSTILE,
    LONG_WORDS,
    ONE_SECOND,
    WITHOUT_REPLIES,
    A_DAY
  }

  @TempDir(cleanup = CleanupMode.NEVER) // the browser may still be writing there as it ends
  static Path profile;

  private static Browser browser;

  @TempDir Path folder;

  @BeforeAll
  static void startsTheBrowser() throws IOException {
    assumeTrue(Browser.executable().isPresent(), "chromium is not installed");
    browser = Browser.start(profile);
  }

  @AfterAll
  static void endsTheBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void drawsEveryChartWithoutAnErrorAndWithoutANetwork(Kind kind) throws IOException {
    Path page = write(runs(kind));
    for (int width : new int[] {DESK, PHONE}) {
      browser.open(page.toUri(), width, width == PHONE, true);
      assertEquals(
          browser.evaluate("document.querySelectorAll('figure.chart').length").asText(),
          browser.evaluate("document.documentElement.dataset.drawn").asText(),
          "charts drawn at " + width);
      assertTrue(allCanvasesArePainted(), "no canvas is empty at " + width);
      assertNoProblems();
      String beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      assertEquals(0, browser.evaluate(beyond).asInt(), "nothing sticks out at the side");
      assertEquals(
          List.of(page.toUri().toString()),
          browser.events("Network.requestWillBeSent").stream()
              .map(event -> event.at("/request/url").asText())
              .toList(),
          "only the page itself is loaded");
    }
  }

  private static boolean allCanvasesArePainted() {
    return browser
        .evaluate(
            "[...document.querySelectorAll('canvas')].every((canvas) => {"
                + " const rgba = canvas.getContext('2d')"
                + ".getImageData(0, 0, canvas.width, canvas.height).data;"
                + " const colours = new Set();"
                + " for (let i = 0; i < rgba.length; i += 4) {"
                + "  if (rgba[i + 3] > 0) colours.add(rgba[i] * 65536 + rgba[i + 1] * 256"
                + " + rgba[i + 2]); }"
                + " return colours.size > 10; })") // a grid alone has fewer
        .asBoolean();
  }

  private static void assertNoProblems() {
    assertEquals(
        "none", browser.evaluate("document.documentElement.dataset.problems ?? 'none'").asText());
    assertEquals(List.of(), browser.events("Runtime.exceptionThrown"));
    assertEquals(List.of(), browser.events("Log.entryAdded"));
  }

  @Test
  void pointingAtACurveSaysWhatItIsThere() throws IOException {
    Document run = SyntheticRun.of(1).seconds(50).document("a.json");
    browser.open(write(List.of(run)).toUri(), DESK, false, true);
    // 100,000 values are five nines wide, and two of them are the 99th percentile
    List<String> legend = legendAt(0.4);
    assertEquals("99 %", legend.get(0));
    assertEquals(text(run.responseTime().nanos(Statistic.P99)), legend.get(1));
    assertEquals(text(run.serviceTime().nanos(Statistic.P99)), legend.get(2));
    assertNoProblems();
  }

  private static String text(long nanos) {
    return Quantities.duration(nanos);
  }

  @Test
  void draggingZoomsInAndADoubleClickBackOut() throws IOException {
    browser.open(write(runs(Kind.ONE)).toUri(), DESK, false, true);
    assertEquals("0 %", legendAt(0.001).get(0));
    double[] from = place(0.5);
    double[] to = place(0.7);
    browser.mouse("mouseMoved", from[0], from[1], 0);
    browser.mouse("mousePressed", from[0], from[1], 1);
    browser.mouse("mouseMoved", to[0], to[1], 1);
    browser.mouse("mouseReleased", to[0], to[1], 1);
    await().untilAsserted(() -> assertNotEquals("0 %", legendAt(0.001).get(0)));
    for (int click = 1; click <= 2; click++) {
      browser.mouse("mousePressed", to[0], to[1], click);
      browser.mouse("mouseReleased", to[0], to[1], click);
    }
    await().untilAsserted(() -> assertEquals("0 %", legendAt(0.001).get(0)));
    assertNoProblems();
  }

  /** What stands above the percentiles when one points at them, so far from the left. */
  private static List<String> legendAt(double part) {
    double[] place = place(part);
    browser.mouse("mouseMoved", place[0], place[1], 0);
    JsonNode values =
        browser.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>"
                + " done([...document.querySelectorAll('#chart-percentiles .u-value')]"
                + ".map((each) => each.textContent)))))");
    return StreamSupport.stream(values.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static double[] place(double part) {
    JsonNode box =
        browser.evaluate(
            "(() => { const over = document.querySelector('#chart-percentiles .u-over');"
                + " over.scrollIntoView({block: 'center'});"
                + " const box = over.getBoundingClientRect();"
                + " return [box.left, box.top, box.width, box.height]; })()");
    double x = box.get(0).asDouble() + box.get(2).asDouble() * part;
    return new double[] {x, box.get(1).asDouble() + box.get(3).asDouble() / 2};
  }

  @Test
  void theArrowKeysMoveAlongACurveAndSayWhereTheyAre() throws IOException {
    Document run = SyntheticRun.of(1).seconds(5).document("a.json");
    browser.open(write(List.of(run)).toUri(), DESK, false, true);
    browser.evaluate("document.querySelector('#chart-percentiles .plot').focus()");
    browser.key("Home");
    String spoken = "document.getElementById('spoken').textContent";
    assertTrue(browser.evaluate(spoken).asText().startsWith("0 %: response time "), "at its start");
    browser.key("End");
    String max = "response time " + text(run.responseTime().nanos(Statistic.MAX));
    assertTrue(browser.evaluate(spoken).asText().contains(max), "at its end");
    assertNoProblems();
  }

  @Test
  void theThemeFollowsTheSystemUntilOneIsChosen() throws IOException {
    Path page = write(runs(Kind.ONE));
    String paper = "getComputedStyle(document.body).backgroundColor";
    browser.open(page.toUri(), DESK, false, true);
    assertEquals("rgb(255, 255, 255)", browser.evaluate(paper).asText());
    browser.open(page.toUri(), DESK, true, true);
    assertNotEquals("rgb(255, 255, 255)", browser.evaluate(paper).asText());
    browser.evaluate("document.getElementById('theme').click()");
    assertEquals(
        "rgb(255, 255, 255)", browser.evaluate(paper).asText(), "light, though it is dark");
    browser.evaluate("document.getElementById('theme').click()");
    assertNotEquals("rgb(255, 255, 255)", browser.evaluate(paper).asText());
    assertNoProblems();
  }

  @Test
  void theFiguresOfAChartAreATableForWhoWantsThem() throws IOException {
    browser.open(write(runs(Kind.TWO)).toUri(), DESK, false, true);
    browser.evaluate("document.querySelector('#chart-throughput summary').click()");
    String rows = "document.querySelectorAll('#chart-throughput details tbody tr').length";
    await().untilAsserted(() -> assertEquals(5, browser.evaluate(rows).asInt()));
    assertNoProblems();
  }

  @Test
  void withoutScriptsTheFiguresAreThereAndItSaysWhatIsMissing() throws IOException {
    browser.open(write(runs(Kind.ONE)).toUri(), PHONE, false, false);
    // an expression is evaluated even then
    String text = browser.evaluate("document.body.innerText").asText();
    assertTrue(text.contains("The charts need JavaScript."), text);
    assertTrue(text.contains("p99.9"), text);
    assertTrue(browser.evaluate("document.getElementById('theme').hidden").asBoolean());
    assertEquals(0, browser.evaluate("document.querySelectorAll('canvas').length").asInt());
  }

  @Test
  void whatADocumentSaysIsTextToTheBrowserToo() throws IOException {
    browser.open(write(runs(Kind.HOSTILE)).toUri(), DESK, false, true);
    String opened =
        "[...document.querySelectorAll('details')].map((each) => (each.open = true)).length";
    assertTrue(browser.evaluate(opened).asInt() > 0, "its names are in tables of charts too");
    String headed = "[...document.querySelectorAll('details th')].map((th) => th.textContent)";
    await()
        .untilAsserted(() -> assertTrue(browser.evaluate(headed).toString().contains("onerror")));
    assertEquals(0, browser.evaluate("document.images.length").asInt());
    assertEquals("undefined", browser.evaluate("typeof window.evil").asText());
    assertTrue(browser.evaluate("document.body.innerText").asText().contains(EVIL), "it is shown");
    assertNoProblems();
  }

  private Path write(List<Document> runs) throws IOException {
    StringBuilder page = new StringBuilder();
    HtmlReport.write(runs, page);
    return Files.writeString(folder.resolve("report.html"), page);
  }

  private static List<Document> runs(Kind kind) {
    SyntheticRun run = SyntheticRun.of(1).seconds(5).perSecond(500);
    return switch (kind) {
      case ONE -> List.of(run.document("a.json"));
      case TWO -> List.of(run.document("a.json"), SyntheticRun.of(2).seconds(4).document("b.json"));
      case SWEEP -> sweep();
      case SEARCH -> List.of(run.change(PageIT::search).document("a.json"));
      case TROUBLED -> List.of(run.errors(7, 5, 3).stall(2, 900).document("a.json"));
      case HOSTILE ->
          List.of(
              run.target(EVIL).document(EVIL),
              SyntheticRun.of(2).seconds(3).change(PageIT::poison).document("b.json"));
      case LONG_WORDS -> List.of(run.target(LONG_WORD).change(PageIT::lengthen).document("a.json"));
      case ONE_SECOND -> List.of(SyntheticRun.of(1).seconds(1).perSecond(1).document("a.json"));
      case WITHOUT_REPLIES -> List.of(run.change(PageIT::empty).document("a.json"));
      case A_DAY -> List.of(run.change(PageIT::day).document("a.json"));
    };
  }

  private static List<Document> sweep() {
    List<Document> steps = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int index = i;
      SyntheticRun step = SyntheticRun.of(i).seconds(2).perSecond(100 * (i + 1)).slowdown(1 + i);
      step.change(root -> root.putObject("step").put("index", index).put("count", 10));
      steps.add(step.document("sweep.jsonl#" + (i + 1)));
    }
    return steps;
  }

  private static void search(ObjectNode root) {
    ObjectNode search = root.putObject("find_max").put("slo", "p99<2ms").put("found", 64_000);
    for (int rate = 1_000; rate <= 128_000; rate *= 2) {
      ObjectNode step = search.withArray("steps").addObject().put("rate", rate);
      step.put("achieved", rate).put("p50", 50_000).put("p99", rate * 20).put("phase", "ramp");
      step.put("met", rate < 100_000).put("verdict", rate < 100_000 ? "met" : "slo-missed");
    }
  }

  private static void poison(ObjectNode root) {
    ((ObjectNode) root.at("/requests/errors")).put(EVIL, 3);
    ((ObjectNode) root.at("/environment/flags")).put(EVIL, EVIL);
  }

  private static void lengthen(ObjectNode root) {
    root.put("verdict_reason", LONG_WORD);
    ((ObjectNode) root.at("/requests/errors")).put(LONG_WORD, 3);
    ((ObjectNode) root.at("/environment/flags")).put("size", LONG_WORD).put(LONG_WORD, LONG_WORD);
  }

  private static void empty(ObjectNode root) {
    ObjectNode none = SyntheticRun.latencies(EncodedHistogram.newHistogram());
    root.set("response_time_ns", none);
    root.set("service_time_ns", none);
    ((ObjectNode) root.get("histograms")).removeAll();
    root.get("intervals")
        .forEach(
            each -> ((ObjectNode) each).put("ok", 0).putNull("p50").putNull("p99").putNull("max"));
  }

  private static void day(ObjectNode root) {
    var intervals = root.putArray("intervals");
    for (int i = 0; i < 86_400; i++) {
      ObjectNode each = intervals.addObject().put("from_ns", i * 1_000_000_000L);
      each.put("length_ns", 1_000_000_000).put("sent", 500).put("ok", 500 - i % 7);
      each.put("p50", 50_000 + i % 997).put("p99", 900_000 + i).put("max", 2_000_000 + i % 9973);
    }
  }
}
