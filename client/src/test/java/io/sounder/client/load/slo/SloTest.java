package io.sounder.client.load.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.stats.Latencies;
import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.Scheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SloTest {
  private static final String METRICS =
      "min, mean, p50, p99.9 or any other percentile, max (of the response time; service.p99,"
          + " connect.p99 and handshake.p99 of others), errors, lost, rate";

  /**
   * Response times of 1 to 1000 µs, service times a tenth of them, a connect of 5 ms, a handshake
   * of 20.
   */
  private static final Measured MEASURED = measured();

  private static final Latencies NONE = new Latencies();

  private static Measured measured() {
    Latencies response = new Latencies();
    Latencies service = new Latencies();
    Latencies connect = new Latencies();
    Latencies handshake = new Latencies();
    for (int i = 1; i <= 1000; i++) {
      response.record(i * 1000L);
      service.record(i * 100L);
    }
    connect.record(5_000_000);
    handshake.record(20_000_000);
    return new Measured(response, service, connect, handshake, 2000, 1800, 1795, 2, 10_000, 9_950);
  }

  @ParameterizedTest
  @CsvSource({
    "p99<2ms, true, 990000, NANOS",
    "p99<990us, false, 990000, NANOS",
    "p99.9 <= 999.5us, true, 999000, NANOS",
    "p99.99999<1.1ms, true, 1000000, NANOS",
    "p100>999us, true, 1000000, NANOS",
    "p0.1<1500ns, true, 1000, NANOS",
    "min>=1us, true, 1000, NANOS",
    "mean<500us, false, 500500, NANOS",
    "max<1.01ms, true, 1000000, NANOS",
    "response.max<1.01ms, true, 1000000, NANOS",
    "service.p50<60us, true, 50000, NANOS",
    "service.max>1ms, false, 100000, NANOS",
    "connect.p99<=5.01ms, true, 5000000, NANOS",
    "handshake.p50<=20.1ms, true, 20000000, NANOS",
    "handshake.max<20ms, false, 20000000, NANOS",
    "errors<0.3%, true, 0.25, PERCENT",
    "errors<0.25%, false, 0.25, PERCENT",
    "errors<=5, true, 5, COUNT",
    "errors<5, false, 5, COUNT",
    "lost<=0.1%, true, 0.1, PERCENT",
    "lost<3, true, 2, COUNT",
    "rate>=99%, true, 99.5, PERCENT",
    "rate>99.5%, false, 99.5, PERCENT",
    "rate>=9.95k, true, 9950, PER_SECOND",
    "rate>=10k, false, 9950, PER_SECOND",
    "rate<1M, true, 9950, PER_SECOND"
  })
  void eachMetricIsHeldAgainstItsBound(String text, boolean met, double measured, Unit unit) {
    List<SloOutcome> outcomes = Slo.parse("--slo", text).judge(MEASURED);
    assertEquals(1, outcomes.size());
    SloOutcome outcome = outcomes.get(0);
    assertEquals(text.replace(" ", ""), outcome.text());
    assertEquals(unit, outcome.unit());
    assertEquals(measured, outcome.measured(), measured / 1000, "to 3 digits");
    assertEquals(met, outcome.met());
  }

  @Test
  void allClausesAreJudgedInTheirOrderAndAllMustHold() {
    Slo slo = Slo.parse("--slo", " p99 < 2 ms ,\terrors<0.1 % , rate >= 9k ");
    assertEquals("p99<2ms,errors<0.1%,rate>=9k", slo.toString());
    assertEquals(
        List.of(true, false, true), slo.judge(MEASURED).stream().map(SloOutcome::met).toList());
    assertFalse(slo.isMet(MEASURED));
    assertTrue(Slo.parse("--slo", "p99<2ms,rate>=9k").isMet(MEASURED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p99<1h",
        "min>0s",
        "service.max<1h",
        "connect.max<1h",
        "handshake.max<1h",
        "errors<100%",
        "errors<=10",
        "lost<1"
      })
  void withoutAnyDataNothingIsMet(String text) {
    Measured nothing = new Measured(NONE, NONE, NONE, NONE, 0, 0, 0, 0, Double.NaN, 0);
    SloOutcome outcome = Slo.parse("--slo", text).judge(nothing).get(0);
    assertFalse(outcome.met());
    assertTrue(Double.isNaN(outcome.measured()));
  }

  @Test
  void requestsThatStillWaitForTheirReplyAreErrors() {
    Measured allPending = new Measured(NONE, NONE, NONE, NONE, 100, 100, 0, 0, Double.NaN, 0);
    assertEquals(100, Slo.parse("--slo", "errors<1%").judge(allPending).get(0).measured());
  }

  @ParameterizedTest
  @CsvSource({
    "p99<2ms, false",
    "errors<1%, true",
    "'p99<2ms,errors<5', true",
    "'lost<1%,rate>1k', false"
  })
  void itIsKnownWhetherErrorsAreTolerated(String text, boolean tolerated) {
    assertEquals(tolerated, Slo.parse("--slo", text).hasErrorsClause());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\" | 1 | the end where a metric should be; allowed are " + METRICS,
        "<2ms | 1 | '<' where a metric should be; allowed are " + METRICS,
        "p99<2ms, | 9 | the end where a metric should be; allowed are " + METRICS,
        "p99<2ms,,errors<1 | 9 | ',' where a metric should be; allowed are " + METRICS,
        "p99 | 4 | the end where <, <=, > or >= should be",
        "p99=2ms | 4 | '=' where <, <=, > or >= should be",
        "p99 2ms | 5 | '2' where <, <=, > or >= should be",
        "p99< | 5 | the end where a value should be, such as 2ms, 0.1% or 10k",
        "p99<,errors<1 | 5 | ',' where a value should be, such as 2ms, 0.1% or 10k",
        "p99<2 | 5 | '2' is not a duration with a unit (ns, us, ms, s, m or h), such as 1.5s",
        "p99<1% | 5 | '1%' is not a duration with a unit (ns, us, ms, s, m or h), such as 1.5s",
        "p99<<2ms | 5 | '<2ms' is not a duration with a unit (ns, us, ms, s, m or h), such as 1.5s",
        "errors<0.1%, p99x<2ms | 14 | 'p99x' is unknown; allowed are " + METRICS,
        "P99<2ms | 1 | 'P99' is unknown; allowed are " + METRICS,
        "service.errors<1 | 1 | 'service.errors' is unknown; allowed are " + METRICS,
        "service.<1 | 1 | 'service.' is unknown; allowed are " + METRICS,
        "p99.123456<1s | 1 | 'p99.123456' is unknown; allowed are " + METRICS,
        "p0<1s | 1 | 'p0' is no percentile; they are above p0, up to p100",
        "p101<1s | 1 | 'p101' is no percentile; they are above p0, up to p100",
        "errors<101% | 8 | '101%' is no share from 0% to 100%, such as 0.1%",
        "errors<-1% | 8 | '-1%' is no share from 0% to 100%, such as 0.1%",
        "errors<% | 8 | '%' is no share from 0% to 100%, such as 0.1%",
        "errors<1.5 | 8 | '1.5' is no whole number; expected a whole number, such as 500 or 10k",
        "errors<0 | 1 | 'errors<0' can never hold; did you mean <=?",
        "p99<0s | 1 | 'p99<0s' can never hold; did you mean <=?",
        "rate>=fast | 7 | rate: 'fast' is not a rate in requests per second, to a thousandth, such"
            + " as 500, 2.5 or 50k",
        "rate>=0 | 7 | rate 0 is out of range; allowed is 0.001 to 100M requests per second",
        "rate>=1001% | 7 | '1001%' is no share from 0% to 1000%, such as 0.1%"
      })
  void whatDoesNotParseIsToldWithItsColumn(String text, int column, String what) {
    UsageException failure =
        assertThrows(UsageException.class, () -> Slo.parse("--slo", text), text);
    assertEquals("--slo '" + text + "': column " + column + ": " + what, failure.getMessage());
  }

  @Test
  void whatTheTestCannotMeasureIsRefused() {
    Slo all = Slo.parse("--slo", "p99<2ms,connect.p99<1s,rate>=99%");
    all.checkMeasured(true, true, Scheme.TCP);
    Slo handshake = Slo.parse("--slo", "handshake.p99<1s");
    handshake.checkMeasured(false, false, Scheme.TLS);
    assertEquals(
        "--slo rate>=99%: a share of the asked rate needs --rate; or give it per second, 10k",
        refusal(all, false, true, Scheme.TCP));
    assertEquals(
        "--slo p99<2ms: with reply=discard nothing is answered, so nothing takes a time",
        refusal(all, true, false, Scheme.TCP));
    assertEquals(
        "--slo connect.p99<1s: over udp nothing is connected, so there is no connect time",
        refusal(all, true, true, Scheme.UDP));
    assertEquals(
        "--slo handshake.p99<1s: over tcp there is no handshake, only with tls:// targets",
        refusal(handshake, true, true, Scheme.TCP));
    Slo.parse("--slo", "errors<1%,rate>=5k,lost<1").checkMeasured(false, false, Scheme.UDP);
  }

  private static String refusal(Slo slo, boolean openLoop, boolean answered, Scheme scheme) {
    return assertThrows(UsageException.class, () -> slo.checkMeasured(openLoop, answered, scheme))
        .getMessage();
  }
}
