package io.sounder.client.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.EncodedHistogram;
import io.sounder.client.report.document.SyntheticRun;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final int MEGABYTE = 1_000_000;
  private static final String EVIL = "</script><img src=x onerror=\"alert(1)\"><!--'&\u202e\u0000";
  private static final Pattern FIGURE =
      Pattern.compile("data-run=\"(\\d+)\" data-at=\"([^\"]+)\" data-exact=\"([^\"]*)\"");

  @Test
  void everyFigureIsTheDocumentsOwnToTheLastDigit() throws IOException {
    Document one = SyntheticRun.of(1).seconds(5).errors(3, 2, 1).document("a.json");
    Document other = SyntheticRun.of(2).seconds(4).closedLoop().document("b.json");
    assertTrue(figuresOf(List.of(one)) > 60, "the page of one run has its figures");
    assertTrue(figuresOf(List.of(one, other)) > 100, "the page of two runs has those of both");
  }

  /** Looks each figure of the page up in the document that it says it is from. */
  private static int figuresOf(List<Document> runs) throws IOException {
    int figures = 0;
    Matcher matcher = FIGURE.matcher(page(runs));
    while (matcher.find()) {
      String pointer = unescaped(matcher.group(2));
      JsonNode tree = tree(runs.get(Integer.parseInt(matcher.group(1))));
      double own = tree.at(pointer).asDouble(Double.NaN);
      assertEquals(own, Double.parseDouble(matcher.group(3)), pointer);
      figures++;
    }
    return figures;
  }

  @Test
  void whatADocumentSaysNeverBecomesMarkup() throws IOException {
    Document run =
        SyntheticRun.of(1)
            .seconds(2)
            .target(EVIL)
            .change(HtmlReportTest::poison)
            .document(EVIL + ".json");
    Document other = SyntheticRun.of(2).seconds(2).document("b.json");
    for (List<Document> runs : List.of(List.of(run), List.of(run, other))) {
      String page = page(runs);
      assertFalse(page.contains("<img"), "an element that came with a document");
      assertFalse(page.contains("<!--"), "a comment that came with a document");
      assertFalse(page.contains("\u202e"), "a character that turns the text around");
      int scripts = runs.size() + 3;
      assertEquals(scripts, occurrences(page, "<script"), "no script begins that is not ours");
      assertEquals(scripts, occurrences(page, "</script"), "and none ends early");
    }
  }

  private static void poison(ObjectNode root) {
    root.put("verdict_reason", EVIL).put("started_at", EVIL).put("verdict", "FAILED");
    ((ObjectNode) root.at("/requests/errors")).put(EVIL, 3);
    ((ObjectNode) root.at("/environment")).put("host", EVIL).put("os", EVIL);
    ((ObjectNode) root.at("/environment/flags")).put(EVIL, EVIL);
    root.putArray("slo").addObject().put("text", EVIL).put("unit", EVIL).put("measured", 1);
    ObjectNode search = root.putObject("find_max").put("slo", EVIL).put("ending", EVIL);
    ObjectNode step = search.putArray("steps").addObject();
    step.put("rate", 1).put("verdict", EVIL).put("phase", EVIL);
  }

  @Test
  void theDocumentsInsideAreThoseThatWereGiven() throws IOException {
    Document run = SyntheticRun.of(1).seconds(2).target(EVIL).document("a.json");
    Matcher script =
        Pattern.compile("class=\"document\">(.*?)</script>", Pattern.DOTALL).matcher(page(run));
    assertTrue(script.find());
    assertEquals(tree(run), new ObjectMapper().readTree(script.group(1)));
  }

  @Test
  void thePageLoadsNothingAndItsPolicySaysSo() throws IOException {
    String page = page(SyntheticRun.of(1).seconds(2).document("a.json"));
    assertFalse(Pattern.compile("\\s(src|href|action)\\s*=").matcher(page).find());
    assertFalse(page.contains("@import") || page.contains("url("), "the style sheet loads nothing");
    Matcher policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)").matcher(page);
    assertTrue(policy.find());
    assertTrue(policy.group(1).startsWith("default-src 'none'"), policy.group(1));
    assertFalse(policy.group(1).contains("unsafe"), policy.group(1));
    List<String> own = new ArrayList<>(parts(page, "<style>(.*?)</style>"));
    own.addAll(parts(page, "<script>(.*?)</script>"));
    assertEquals(3, own.size(), "the style sheet, the library, the script");
    for (String part : own) {
      assertTrue(policy.group(1).contains(sha256(part)), "a hash for: " + part.substring(0, 40));
    }
  }

  @Test
  void theChartLibrarysLicenceComesWithIt() throws IOException {
    String page = page(SyntheticRun.of(1).seconds(2).document("a.json"));
    assertTrue(page.contains("The MIT License (MIT)"));
    assertTrue(page.contains("Leon Sorokin"));
  }

  @Test
  void aDayOfSecondsTwiceStaysBelowAMegabyte() throws IOException {
    Document day = days(1).document("a.json");
    Document other = days(2).document("b.json");
    String page = page(List.of(day, other));
    assertTrue(page.getBytes(UTF_8).length < MEGABYTE, page.length() + " characters");
    assertTrue(page.contains("Each point stands for 24 intervals"), "the thinning is said");
  }

  private static SyntheticRun days(int seed) {
    return SyntheticRun.of(seed)
        .seconds(1)
        .change(
            root -> {
              root.put("duration_ns", 86_400_000_000_000L);
              ArrayNode intervals = root.putArray("intervals");
              for (int i = 0; i < 86_400; i++) {
                intervals
                    .addObject()
                    .put("from_ns", i * 1_000_000_000L)
                    .put("length_ns", 1_000_000_000L)
                    .put("sent", 20_000 + i % 977)
                    .put("ok", 20_000 + i % 983)
                    .put("p50", 50_000 + i * 7919L % 10_007)
                    .put("p99", 900_000 + i * 7907L % 100_003)
                    .put("max", 2_000_000 + i * 7901L % 1_000_003);
              }
            });
  }

  @Test
  void aRunWithoutAnyReplySaysSo() throws IOException {
    Document run = SyntheticRun.of(1).change(HtmlReportTest::empty).document("a.json");
    String page = page(run);
    assertTrue(page.contains("No reply came"), "what the charts would be missing is said");
    assertFalse(page.contains("id=\"chart-percentiles\""), "a chart of nothing");
    assertFalse(page.contains("NaN"), "no figure that is none");
  }

  private static void empty(ObjectNode root) {
    ObjectNode none = SyntheticRun.latencies(EncodedHistogram.newHistogram());
    root.set("response_time_ns", none);
    root.set("service_time_ns", none);
    root.put("verdict", "FAILED").put("verdict_reason", "4 pending");
    ((ObjectNode) root.get("histograms")).removeAll();
    root.putArray("intervals");
    ((ObjectNode) root.get("requests")).put("sent", 4).put("ok", 0).put("pending", 4);
    ((ObjectNode) root.get("rate")).put("achieved", 0);
  }

  @Test
  void whatIsOnlyABoundIsMarkedAsOne() throws IOException {
    Document run =
        SyntheticRun.of(1)
            .seconds(1)
            .perSecond(10)
            .change(root -> ((ObjectNode) root.get("response_time_ns")).put("lower_bounds", 10))
            .document("a.json");
    assertTrue(Pattern.compile("<dd[^>]*>≥ ").matcher(page(run)).find());
  }

  @Test
  void aRunOfOneIntervalHasNoCourse() throws IOException {
    String page = page(SyntheticRun.of(1).seconds(1).document("a.json"));
    assertTrue(page.contains("The run was one interval"));
    assertFalse(page.contains("id=\"chart-throughput\""), "a chart of one point");
  }

  @Test
  void aSearchSaysWhatItFound() throws IOException {
    Document run =
        SyntheticRun.of(1)
            .seconds(2)
            .change(
                root -> {
                  ObjectNode search = root.putObject("find_max").put("slo", "p99<2ms");
                  search.put("found", 19_500).put("ending", "client-limited");
                  ObjectNode step = search.putArray("steps").addObject();
                  step.put("rate", 20_000).put("p99", 1_000_000).put("verdict", "client-limited");
                })
            .document("a.json");
    String page = page(run);
    assertTrue(page.contains("the client is the limit: at least 19,500/s with p99&lt;2ms"), page);
    assertTrue(page.contains("id=\"chart-search\""));
  }

  @Test
  void anInterruptedRunSaysSoBesideItsVerdict() throws IOException {
    Document run =
        SyntheticRun.of(1)
            .seconds(2)
            .change(root -> root.put("interrupted", true))
            .document("a.json");
    assertTrue(page(run).contains("<strong>interrupted</strong>"));
  }

  @Test
  void moreRunsThanCanBeToldApartAreRefusedUnlessTheyAreASweep() throws IOException {
    List<Document> runs = new ArrayList<>();
    List<Document> steps = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      int index = i;
      SyntheticRun run = SyntheticRun.of(i).seconds(1).perSecond(100 + i);
      runs.add(run.document(i + ".json"));
      run.change(root -> root.putObject("step").put("index", index).put("count", 9));
      steps.add(run.document("s.jsonl#" + (i + 1)));
    }
    UsageException refused = assertThrows(UsageException.class, () -> page(runs));
    assertTrue(refused.getMessage().contains("at most 8 runs, and these are 9"));
    String page = page(steps);
    assertTrue(page.contains("A sweep of 9 rates") && page.contains("id=\"chart-sweep\""));
  }

  private static String page(Document run) throws IOException {
    return page(List.of(run));
  }

  private static String page(List<Document> runs) throws IOException {
    StringBuilder page = new StringBuilder();
    HtmlReport.write(runs, page);
    return page.toString();
  }

  private static JsonNode tree(Document run) throws JsonProcessingException {
    return new ObjectMapper().readTree(run.json());
  }

  private static int occurrences(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static List<String> parts(String page, String pattern) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String unescaped(String attribute) {
    return attribute
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
