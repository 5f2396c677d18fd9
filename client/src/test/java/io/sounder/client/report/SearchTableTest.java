package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.search.Finding;
import io.sounder.client.load.search.Finding.Ending;
import io.sounder.client.load.search.Phase;
import io.sounder.client.load.search.Step;
import io.sounder.client.load.search.StepResult;
import io.sounder.client.load.search.StepVerdict;
import io.sounder.client.load.slo.Measured;
import io.sounder.client.load.slo.Slo;
import io.sounder.client.load.slo.SloOutcome;
import io.sounder.client.load.slo.Unit;
import io.sounder.client.load.stats.Latencies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTableTest {
  private static final Slo SLO = Slo.parse("--find-max", "p99<2ms");
  private final SearchTable table = new SearchTable(new Style(false, true));

  private static StepResult result(double perSecond, Latencies times, StepVerdict verdict) {
    return new StepResult(
        new Step(perSecond, Phase.BISECT, 0, 1_000_000_000L),
        new Measured(times, times, times, times, 20_000, 20_000, 19_993, 0, perSecond, 19_993.2),
        verdict);
  }

  @Test
  void eachStepIsALineUnderTheHead() {
    Latencies times = new Latencies();
    times.record(49_000);
    times.record(3_000_000);
    assertEquals(
        """
        phase            rate     achieved       p50       p99    errors  verdict
        bisect       20,000/s     19,993/s    49.0µs    3.00ms         7  slo missed
        bisect   50,000,000/s     19,993/s         -         -         7  client limited
        """,
        String.join(
                "\n",
                table.head(),
                table.line(result(20_000, times, StepVerdict.SLO_MISSED)),
                table.line(result(50e6, new Latencies(), StepVerdict.CLIENT_LIMITED)))
            + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "FOUND, 19500, 'found: 19,500/s with p99<2ms'",
    "CLIENT_LIMITED, 19500, 'the client is the limit: at least 19,500/s with p99<2ms'",
    "CLIENT_LIMITED, NaN, 'the client is the limit: nothing is confirmed'",
    "AT_LEAST, 100000000, 'no limit found: at least 100,000,000/s with p99<2ms'",
    "NONE, NaN, not found: no rate was met with p99<2ms",
    "UNCONFIRMED, NaN," + " not found: what held for a second did not hold for longer with p99<2ms",
    "UNFINISHED, NaN, not finished",
    "UNFINISHED, 500, not finished: at least 500/s with p99<2ms"
  })
  void theConclusionSaysWhatIsKnown(Ending ending, double perSecond, String text) {
    assertEquals(text, table.conclusion(new Finding(ending, perSecond), SLO));
  }

  @Test
  void objectivesAreLinesWithWhatWasMeasured() {
    assertEquals(
        List.of(
            "p99<2ms      met     1.23 ms",
            "errors<0.1%  missed  0.250 %",
            "errors<1%    met     <0.001 %",
            "errors<=5    missed  1,234",
            "rate>=10k    missed  9,950/s",
            "rate>=99%    met     99.50 %",
            "service.max  missed  nothing measured"),
        SloLines.lines(
            List.of(
                new SloOutcome("p99<2ms", Unit.NANOS, 1_234_567, true),
                new SloOutcome("errors<0.1%", Unit.PERCENT, 0.25, false),
                new SloOutcome("errors<1%", Unit.PERCENT, 0.0001, true),
                new SloOutcome("errors<=5", Unit.COUNT, 1234, false),
                new SloOutcome("rate>=10k", Unit.PER_SECOND, 9950, false),
                new SloOutcome("rate>=99%", Unit.PERCENT, 99.5, true),
                new SloOutcome("service.max", Unit.NANOS, Double.NaN, false)),
            new Style(false, true)));
  }

  @Test
  void coloursSayWhatIsGood() {
    SearchTable colourful = new SearchTable(new Style(true, true));
    String met = colourful.line(result(5, new Latencies(), StepVerdict.MET));
    assertTrue(met.endsWith(new Style(true, true).good("met")), met);
  }
}
