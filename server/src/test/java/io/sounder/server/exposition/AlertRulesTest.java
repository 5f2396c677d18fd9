package io.sounder.server.exposition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.server.fixture.Promtool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The alerts that come with the service: each fires when it must, and none for one that is well.
 */
@Timeout(60)
class AlertRulesTest {
  @Test
  void areReadByPrometheus() throws Exception {
    assertWell(Promtool.run("", "check", "config", Promtool.file("prometheus.yml")));
  }

  @Test
  void fireWhenTheyMust() throws Exception {
    assertWell(Promtool.run("", "test", "rules", Promtool.file("sounder.rules.test.yml")));
  }

  private static void assertWell(Promtool check) {
    assertEquals(0, check.exit(), check.said());
  }
}
