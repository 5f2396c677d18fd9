package io.sounder.client.report.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.outcome.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionParserTest {
  @ParameterizedTest
  @CsvSource({
    "p99>+10%, p99, true, RELATIVE, 0.1",
    "p99.9>+200us, p99.9, true, ABSOLUTE, 200000",
    "p50>5ms, p50, true, BOUND, 5000000",
    "service.p99.99 > 5 ms, service.p99.99, true, BOUND, 5000000",
    "rate<-5%, rate, false, RELATIVE, -0.05",
    "rate<-500, rate, false, ABSOLUTE, -500",
    "rate<50k/s, rate, false, BOUND, 50000",
    "errors>+0.1%, errors, true, ABSOLUTE, 0.001",
    "errors>1%, errors, true, BOUND, 0.01",
    "mean<-1.5%, mean, false, RELATIVE, -0.015",
    "max>+2ms, max, true, ABSOLUTE, 2000000"
  })
  void readsChangesDifferencesAndBounds(
      String text, String metric, boolean isUpper, Condition.Form form, double threshold) {
    Condition condition = ConditionParser.parse(text.replace(" ms", "ms")).get(0);
    assertEquals(metric, condition.metric().text());
    assertEquals(isUpper, condition.isUpper());
    assertEquals(form, condition.form());
    assertEquals(threshold, condition.threshold(), 1e-12);
  }

  @Test
  void commasPartConditions() {
    List<Condition> conditions = ConditionParser.parse("p99>+10%, rate<-5% ,errors>+0.1%");
    assertEquals(
        List.of("p99>+10%", "rate<-5%", "errors>+0.1%"),
        conditions.stream().map(Condition::text).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p98>+10% | column 1: 'p98' is no figure; known are p50, p90, p99",
        "'' | column 1: expected the name of a figure",
        "p99 | column 4: expected > or <",
        "p99=+10% | column 4: expected > or <",
        "p99>10% | column 5: a change needs its sign: expected +10% or -10%",
        "p99>+x% | column 5: 'x' is no number",
        "p99>+10 | column 5: '10' is not a duration with a unit",
        "rate<-5ms | column 6: '5ms' is not a whole number",
        "errors>+3 | column 8: errors are a part of the requests",
        "service.rate>+1% | column 1: 'service.rate' is no figure",
        "p99>+10%,p50>> | column 14: '>' is not a duration",
        "p99>+10%, | column 10: expected the name of a figure",
        "p99>+1e3% | column 5: '1e3' is no number",
      })
  void whatDoesNotParseSaysWhereAndWhatIsAllowed(String text, String said) {
    UsageException failure = assertThrows(UsageException.class, () -> ConditionParser.parse(text));
    assertTrue(failure.getMessage().startsWith("--fail-if '"), failure.getMessage());
    assertTrue(failure.getMessage().contains(said), said + " is said in " + failure.getMessage());
  }
}
