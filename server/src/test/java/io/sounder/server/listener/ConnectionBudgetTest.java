package io.sounder.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sounder.protocol.endpoint.ListenerSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the descriptor limit leaves, and who gets how much of it. */
class ConnectionBudgetTest {
  private static final String AUTO = "tcp://127.0.0.1:0";

  @ParameterizedTest
  @CsvSource({
    "1000000, 10000, false",
    "20064,   10000, false", // two listeners, less 64
    "20063,   9999,  true",
    "1064,    500,   true",
    "66,      1,     true",
  })
  void sharesOutWhatTheLimitLeaves(long limit, int each, boolean lowered) throws Exception {
    ConnectionBudget budget = ConnectionBudget.of(specs(AUTO, AUTO), limit);
    assertEquals(each, budget.perAutoListener());
    assertEquals(lowered, budget.isLowered());
  }

  @Test
  void givesAListenerWhatItAsksForAndTheOthersTheRest() throws Exception {
    List<ListenerSpec> specs =
        specs(AUTO + "?max-connections=300", AUTO, "unix:///run/s", "udp://127.0.0.1:0");
    ConnectionBudget budget = ConnectionBudget.of(specs, 1064);
    assertEquals(300, budget.connections(specs.get(0)));
    assertEquals(350, budget.connections(specs.get(1)));
    assertEquals(350, budget.connections(specs.get(2)));
  }

  @Test
  void refusesMoreThanThereIsAndSaysWhatToDo() {
    ConfigurationException refusal =
        assertThrows(
            ConfigurationException.class,
            () -> ConnectionBudget.of(specs(AUTO + "?max-connections=1000", AUTO), 1064));
    assertEquals(
        "max-connections: 1001 connections are asked for, but the limit of 1064 open files, less 64"
            + " for other use, leaves 1000; lower max-connections or raise the limit (ulimit -n)",
        refusal.getMessage());
  }

  @Test
  void isExactAtTheLimit() throws Exception {
    List<ListenerSpec> specs = specs(AUTO + "?max-connections=1000");
    assertEquals(1000, ConnectionBudget.of(specs, 1064).connections(specs.get(0)));
    assertThrows(ConfigurationException.class, () -> ConnectionBudget.of(specs, 1063));
  }

  @Test
  void doesNotOverflow() {
    String most = AUTO + "?max-connections=100000000";
    String[] urls = new String[30];
    Arrays.fill(urls, most);
    assertThrows(
        ConfigurationException.class, () -> ConnectionBudget.of(specs(urls), Integer.MAX_VALUE));
  }

  @Test
  void needsNothingForUdpAlone() throws Exception {
    assertEquals(false, ConnectionBudget.of(specs("udp://127.0.0.1:0"), 64).isLowered());
  }

  private static List<ListenerSpec> specs(String... urls) {
    return Arrays.stream(urls).map(ListenerSpec::parse).toList();
  }
}
