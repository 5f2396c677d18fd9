package io.sounder.client.report.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ExitCode;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.Document.Verdict;
import io.sounder.client.report.document.EncodedHistogram;
import io.sounder.client.report.document.Interval;
import io.sounder.client.report.document.LatencySummary;
import io.sounder.client.report.document.Statistic;
import io.sounder.client.report.document.SyntheticRun;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {
  @Test
  void theHistogramOfTheWholeIsThatOfAllSamples() {
    Random random = new Random(9);
    long[] samples = new long[300_000];
    Histogram all = EncodedHistogram.newHistogram();
    Histogram[] parts = {
      EncodedHistogram.newHistogram(),
      EncodedHistogram.newHistogram(),
      EncodedHistogram.newHistogram()
    };
    for (int i = 0; i < samples.length; i++) {
      int part = i % 3;
      samples[i] = (long) (40_000 * (part + 1) * Math.exp(0.8 * random.nextGaussian()));
      parts[part].recordValue(samples[i]);
      all.recordValue(samples[i]);
    }
    Document merged = merge(holding(1, parts[0]), holding(2, parts[1]), holding(3, parts[2]));

    assertEquals(all, merged.histograms().get("response_time").decode());
    assertEquals(EncodedHistogram.of(all), merged.histograms().get("response_time"));
    assertEquals(LatencySummary.of(all, 0, 0), merged.responseTime());
    Arrays.sort(samples);
    for (Statistic statistic : new Statistic[] {Statistic.P50, Statistic.P99, Statistic.P99_99}) {
      int rank = (int) Math.ceil(statistic.percentile() / 100 * samples.length);
      double exact = samples[rank - 1];
      double error = merged.responseTime().nanos(statistic) / exact - 1;
      assertTrue(Math.abs(error) <= 0.001, statistic.text() + " is off by " + error);
    }
  }

  @Test
  void ledgersAndRatesAreAddedAndTheDurationIsTheLongest() {
    Document merged =
        merge(
            SyntheticRun.of(1).seconds(4).errors(2, 0, 0).document("a"),
            SyntheticRun.of(2).seconds(6).errors(1, 5, 0).document("b"));
    assertEquals(4 * 2000 + 2 + 6 * 2000 + 6, merged.requests().sent());
    assertEquals(20_000, merged.requests().ok());
    assertEquals(3, merged.requests().errors().get("reset"));
    assertEquals(5, merged.requests().errors().get("reply-timeout"));
    assertEquals(0, merged.requests().unaccounted());
    assertEquals(4000.0, merged.achievedRate());
    assertEquals(4000.0, merged.askedRate());
    assertEquals(6_000_000_000L, merged.durationNanos());
    assertEquals(128, merged.connections().asked());
    assertEquals(1.86, merged.client().cpuCores(), 1e-9);
  }

  @Test
  void intervalsStandBesideEachOtherFromEachRunsStart() {
    Document a = SyntheticRun.of(1).seconds(3).document("a");
    Document b = SyntheticRun.of(2).seconds(5).startedAt("2026-03-14T11:00:00Z").document("b");
    List<Interval> merged = merge(a, b).intervals();
    assertEquals(5, merged.size());
    assertEquals(4000, merged.get(2).ok());
    assertEquals(6, merged.get(2).pending());
    assertEquals(
        Math.max(a.intervals().get(2).maxNanos(), b.intervals().get(2).maxNanos()),
        merged.get(2).maxNanos());
    assertTrue(merged.get(2).approximate(), "percentiles cannot be added");
    assertEquals(b.intervals().get(4), merged.get(4));
  }

  @Test
  void secondsOfUnevenLengthStayBesideEachOther() {
    int seconds = 400;
    Document even = SyntheticRun.of(1).seconds(seconds).perSecond(10).document("even");
    Document uneven =
        SyntheticRun.of(2)
            .seconds(seconds)
            .perSecond(10)
            .change(
                root -> {
                  long fromNanos = 0;
                  for (var each : root.get("intervals")) {
                    long lengthNanos = 1_005_251_549L;
                    ((ObjectNode) each).put("from_ns", fromNanos).put("length_ns", lengthNanos);
                    fromNanos += lengthNanos;
                  }
                })
            .document("uneven");
    List<Interval> merged = merge(even, uneven).intervals();
    assertEquals(seconds, merged.size());
    merged.forEach(each -> assertEquals(20, each.ok()));
  }

  @Test
  void whereOneRunHasLongerIntervalsSoHasTheWhole() {
    Document fine = SyntheticRun.of(1).seconds(8).document("fine");
    Document coarse =
        SyntheticRun.of(2)
            .seconds(4)
            .change(
                root -> {
                  for (int i = 0; i < 4; i++) {
                    ObjectNode interval = (ObjectNode) root.get("intervals").get(i);
                    interval.put("from_ns", i * 2_000_000_000L).put("length_ns", 2_000_000_000L);
                  }
                })
            .document("coarse");
    List<Interval> merged = merge(fine, coarse).intervals();
    assertEquals(4, merged.size());
    assertEquals(2_000_000_000L, merged.get(1).lengthNanos());
    assertEquals(3 * 2000, merged.get(1).ok());
  }

  @Test
  void theWholeIsNoBetterThanItsWorstPart() {
    Document merged =
        merge(
            SyntheticRun.of(1).seconds(2).document("a"),
            SyntheticRun.of(2).seconds(2).errors(4, 0, 0).document("b"),
            SyntheticRun.of(3)
                .seconds(2)
                .change(root -> root.put("interrupted", true))
                .document("c"),
            limited(4));
    assertEquals(Verdict.FAILED, merged.verdict());
    assertEquals(
        "1 of 4 runs FAILED (b: 4 requests failed); 1 of 4 runs CLIENT-LIMITED"
            + " (run 4: every reply verified); 1 of 4 runs interrupted (c: every reply verified)",
        merged.verdictReason());
    assertEquals(7, merged.exitCode());
    assertTrue(merged.interrupted());
    assertEquals(Verdict.CLIENT_LIMITED, merge(limited(1), limited(2)).verdict());
  }

  @Test
  void saysWhatItWasMadeOf() {
    Document a = SyntheticRun.of(1).seconds(2).document("a.json");
    Document b = SyntheticRun.of(2).seconds(2).document("b.json");
    Document c = SyntheticRun.of(3).seconds(2).document("c.json");
    Document ab = merge(a, b);
    Document abc = merge(ab, c);
    assertEquals(
        List.of("a.json", "b.json", "c.json"),
        abc.merged().stream().map(part -> part.file()).toList());
    assertEquals(a.run(), abc.merged().get(0).run());
    assertEquals(merge(c, b, a).run(), abc.run(), "the same parts have the same id");
    assertNotEquals(ab.run(), abc.run());
    assertEquals(merge(a, b, c).responseTime(), abc.responseTime());
  }

  @Test
  void theSameSamplesNeverCountTwice() {
    Document a = SyntheticRun.of(1).seconds(2).document("a");
    Document b = SyntheticRun.of(2).seconds(2).document("b");
    Document again = SyntheticRun.of(1).seconds(2).document("again");
    for (boolean force : new boolean[] {false, true}) {
      refuses(force, "again holds a run that another file holds too", a, b, again);
      refuses(force, "must not count twice", merge(a, b), b);
    }
    Consumer<ObjectNode> anonymous = root -> root.remove("run");
    refuses(
        true,
        "must not count twice",
        SyntheticRun.of(1).seconds(2).change(anonymous).document("x"),
        SyntheticRun.of(1).seconds(2).change(anonymous).document("y"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "target | target (tcp://127.0.0.1:8888?framing=line in a, tcp://other:1 in b)",
        "size | --size (64B in a, 1KiB in b)",
        "pipeline | --pipeline (1 in a, 16 in b)",
        "version | version (sounder 0.1.0 in a, sounder 0.2.0 in b)",
        "closed | loop (open in a, closed in b)",
        "poisson | arrivals (uniform in a, poisson in b)",
        "search | search for the highest rate (none in a, p99<2ms in b)",
        "step | step of the sweep (none in a, 3 in b)",
      })
  void runsThatDifferAreRefusedUnlessTold(String what, String said) {
    Document a = SyntheticRun.of(1).seconds(2).document("a");
    Document b = differing(what).document("b");
    refuses(false, said, a, b);
    assertEquals(8000, Merge.of("merged", List.of(a, b), true).requests().ok());
  }

  private static SyntheticRun differing(String what) {
    SyntheticRun run = SyntheticRun.of(2).seconds(2);
    return switch (what) {
      case "target" -> run.target("tcp://other:1");
      case "closed" -> run.closedLoop();
      default ->
          run.change(
              root -> {
                ObjectNode environment = (ObjectNode) root.get("environment");
                ObjectNode flags = (ObjectNode) environment.get("flags");
                switch (what) {
                  case "size" -> flags.put("size", "1KiB");
                  case "pipeline" -> flags.put("pipeline", "16");
                  case "version" ->
                      ((ObjectNode) environment.get("versions")).put("sounder", "sounder 0.2.0");
                  case "poisson" -> ((ObjectNode) root.get("rate")).put("arrivals", "poisson");
                  case "search" -> root.putObject("find_max").put("slo", "p99<2ms");
                  default -> root.putObject("step").put("index", 3).put("count", 9);
                }
              });
    };
  }

  @Test
  void howManyConnectionsAndForHowLongMayDiffer() {
    Document a = SyntheticRun.of(1).seconds(2).document("a");
    Document b =
        SyntheticRun.of(2)
            .seconds(4)
            .change(
                root ->
                    ((ObjectNode) root.get("environment").get("flags")).put("connections", "128"))
            .document("b");
    Document merged = merge(a, b);
    assertEquals("64, 128", merged.environment().flags().get("connections"));
    assertEquals("64B", merged.environment().flags().get("size"));
  }

  @Test
  void withoutHistogramsNothingCanBePooled() {
    Document old =
        SyntheticRun.of(2).seconds(2).change(r -> r.remove("histograms")).document("old");
    refuses(true, "old has no histograms", SyntheticRun.of(1).seconds(2).document("a"), old);
  }

  @Test
  void countsThatDoNotFitAreRefused() {
    Consumer<ObjectNode> huge =
        root -> ((ObjectNode) root.get("requests")).put("late", Long.MAX_VALUE);
    refuses(
        false,
        "more than 64 bits",
        SyntheticRun.of(1).seconds(1).change(huge).document("a"),
        SyntheticRun.of(2).seconds(1).change(huge).document("b"));
  }

  @Test
  void anObjectiveIsMetIfEachRunHasMetIt() {
    Document merged = merge(withSlo(1, true, true), withSlo(2, true, false));
    assertTrue(merged.slo().get(0).met());
    assertFalse(merged.slo().get(1).met());
  }

  private static Document withSlo(long seed, boolean first, boolean second) {
    return SyntheticRun.of(seed)
        .seconds(1)
        .change(
            root -> {
              ArrayNode slo = (ArrayNode) root.get("slo");
              slo.addObject().put("text", "p99<2ms").put("measured", 1e6).put("met", first);
              slo.addObject().put("text", "rate>=99%").put("measured", 98.0).put("met", second);
            })
        .document("run " + seed);
  }

  private static Document limited(long seed) {
    return SyntheticRun.of(seed)
        .seconds(2)
        .change(root -> root.put("verdict", "CLIENT-LIMITED").put("exit_code", 6))
        .document("run " + seed);
  }

  /** A run whose samples are those of a histogram. */
  private static Document holding(long seed, Histogram samples) {
    return SyntheticRun.of(seed)
        .seconds(2)
        .change(
            root -> {
              root.set("response_time_ns", SyntheticRun.latencies(samples));
              ((ObjectNode) root.get("histograms"))
                  .put("response_time", EncodedHistogram.of(samples).base64());
            })
        .document("run " + seed);
  }

  private static Document merge(Document... runs) {
    return Merge.of("merged", List.of(runs), false);
  }

  private static void refuses(boolean force, String said, Document... runs) {
    ClientFailure failure =
        assertThrows(ClientFailure.class, () -> Merge.of("merged", List.of(runs), force));
    assertEquals(ExitCode.USAGE, failure.exitCode());
    assertTrue(failure.getMessage().contains(said), said + " is said in " + failure.getMessage());
  }
}
