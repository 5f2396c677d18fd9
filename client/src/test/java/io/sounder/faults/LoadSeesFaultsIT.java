package io.sounder.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sounder.protocol.endpoint.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service has injected is what {@code load} reports, exactly. */
@Timeout(120)
class LoadSeesFaultsIT {
  private static final int REQUESTS = 30_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          tcp://127.0.0.1:0 | framing=line      | 4
          tcp://127.0.0.1:0 | framing=length    | 4
          tcp://127.0.0.1:0 | framing=length-le | 1
          tcp://127.0.0.1:0 | ""                | 1
          udp://127.0.0.1:0 | ""                | 4
          udp://127.0.0.1:0 | framing=line      | 4
          """)
  void seesEachCorruptReply(String listener, String keys, String inFlight) throws Exception {
    try (FaultyServer server = FaultyServer.on(with(listener, keys))) {
      server.inject("corrupt=1&seed=1");
      JsonNode requests = load(server, keys, "-p", inFlight);
      assertCounted(server, Fault.CORRUPT, requests.get("corrupt"));
      assertEquals(
          requests.get("sent").asLong(),
          requests.get("ok").asLong() + requests.get("corrupt").asLong());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"framing=line", "framing=length", ""})
  void seesEachConnectionThatWasEnded(String keys) throws Exception {
    try (FaultyServer server = FaultyServer.on(with("tcp://127.0.0.1:0", keys))) {
      server.inject("close=1&seed=2");
      JsonNode errors = load(server, keys).get("errors");
      assertCounted(server, Fault.CLOSE, errors.get("closed-early"));

      server.inject("truncate=1&seed=3");
      errors = load(server, keys).get("errors");
      assertCounted(server, Fault.TRUNCATE, errors.get("closed-early"));

      server.inject("rst=1&seed=4");
      errors = load(server, keys).get("errors");
      assertCounted(server, Fault.RST, errors.get("reset"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"framing=line", "framing=length", ""})
  void seesEachReplyThatCameTwiceOrNotAtAllOnAStream(String keys) throws Exception {
    try (FaultyServer server = FaultyServer.on(with("tcp://127.0.0.1:0", keys))) {
      server.inject("dup=1&seed=5");
      assertCounted(server, Fault.DUP, load(server, keys).get("duplicates"));

      server.inject("drop=0.03&seed=6");
      JsonNode errors = load(server, keys, "-c", "32", "--timeout", "2s").get("errors");
      assertCounted(server, Fault.DROP, errors.get("reply-timeout"));
    }
  }

  @Test
  void seesEachDatagramThatIsMissingOrCameTwice() throws Exception {
    try (FaultyServer server = FaultyServer.on("udp://127.0.0.1:0?drop=2&dup=1&seed=7")) {
      JsonNode requests = load(server, "", "-p", "32", "--timeout", "500ms");
      assertCounted(server, Fault.DUP, requests.get("duplicates"));
      assertEquals(
          server.injected(Fault.DROP),
          requests.get("lost").asLong() + requests.get("pending").asLong());
      assertTrue(server.injected(Fault.DROP) > 100);
    }
  }

  @Test
  void seesEachDatagramOutOfOrderAndEachThatWasCut() throws Exception {
    try (FaultyServer server = FaultyServer.on("udp://127.0.0.1:0?reorder=1&seed=8")) {
      JsonNode requests = load(server, "", "-p", "4");
      assertCounted(server, Fault.REORDER, requests.get("reordered"));
      server.inject("truncate=1&seed=9");
      assertCounted(server, Fault.TRUNCATE, load(server, "", "-p", "4").get("corrupt"));
    }
  }

  private static String with(String listener, String keys) {
    return keys.isEmpty() ? listener : listener + "?" + keys;
  }

  private static void assertCounted(FaultyServer server, Fault fault, JsonNode seen)
      throws Exception {
    assertEquals(server.injected(fault), seen == null ? 0 : seen.asLong(), fault.text());
    assertTrue(server.injected(fault) > 5, fault.text());
  }

  private static JsonNode load(FaultyServer server, String keys, String... flags) throws Exception {
    return server.load(keys, REQUESTS, flags).get("requests");
  }
}
