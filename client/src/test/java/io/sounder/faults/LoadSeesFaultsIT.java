package io.sounder.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sounder.protocol.endpoint.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What the service has injected is what {@code load} reports, exactly. */
@Timeout(120)
class LoadSeesFaultsIT {
  private static final int REQUESTS = 10_000;
  private static final String TCP = "tcp://127.0.0.1:0";
  private static final String UDP = "udp://127.0.0.1:0";
  private static final List<String> FRAMINGS = List.of("framing=line", "framing=length", "");

  private static FaultyServer server;

  @BeforeAll
  static void startsTheServer() throws IOException {
    List<String> listeners = new ArrayList<>(List.of(UDP, UDP, UDP, with(UDP, FRAMINGS.get(0))));
    listeners.add(with(TCP, "framing=length-le"));
    for (String keys : FRAMINGS) {
      listeners.addAll(Collections.nCopies(3, with(TCP, keys)));
    }
    server = FaultyServer.on(listeners);
  }

  @AfterAll
  static void endsTheServer() {
    server.close();
  }

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
    FaultyListener faulty = server.take(with(listener, keys));
    faulty.inject("corrupt=3&seed=1");
    JsonNode requests = load(faulty, keys, "-p", inFlight);
    assertCounted(faulty, Fault.CORRUPT, requests.get("corrupt"));
    assertEquals(
        requests.get("sent").asLong(),
        requests.get("ok").asLong() + requests.get("corrupt").asLong());
  }

  @ParameterizedTest
  @FieldSource("FRAMINGS")
  void seesEachConnectionThatWasEnded(String keys) throws Exception {
    FaultyListener faulty = server.take(with(TCP, keys));
    faulty.inject("close=3&seed=2");
    JsonNode errors = load(faulty, keys).get("errors");
    assertCounted(faulty, Fault.CLOSE, errors.get("closed-early"));

    faulty.inject("truncate=3&seed=3");
    errors = load(faulty, keys).get("errors");
    assertCounted(faulty, Fault.TRUNCATE, errors.get("closed-early"));

    faulty.inject("rst=3&seed=4");
    errors = load(faulty, keys).get("errors");
    assertCounted(faulty, Fault.RST, errors.get("reset"));
  }

  @ParameterizedTest
  @FieldSource("FRAMINGS")
  void seesEachReplyThatCameTwiceOrNotAtAllOnAStream(String keys) throws Exception {
    FaultyListener faulty = server.take(with(TCP, keys));
    faulty.inject("dup=3&seed=5");
    assertCounted(faulty, Fault.DUP, load(faulty, keys).get("duplicates"));

    faulty.inject("drop=0.09&seed=6");
    JsonNode errors = load(faulty, keys, "-c", "32", "--timeout", "2s").get("errors");
    assertCounted(faulty, Fault.DROP, errors.get("reply-timeout"));
  }

  @Test
  void seesEachDatagramThatIsMissingOrCameTwice() throws Exception {
    FaultyListener faulty = server.take(UDP);
    faulty.inject("drop=6&dup=3&seed=7");
    JsonNode requests = load(faulty, "", "-p", "32", "--timeout", "500ms");
    assertCounted(faulty, Fault.DUP, requests.get("duplicates"));
    assertEquals(
        faulty.injected(Fault.DROP),
        requests.get("lost").asLong() + requests.get("pending").asLong());
    assertTrue(faulty.injected(Fault.DROP) > 100);
  }

  @Test
  void seesEachDatagramOutOfOrderAndEachThatWasCut() throws Exception {
    FaultyListener faulty = server.take(UDP);
    faulty.inject("reorder=1&seed=8");
    JsonNode requests = load(faulty, "", "-p", "4");
    assertCounted(faulty, Fault.REORDER, requests.get("reordered"));
    faulty.inject("truncate=3&seed=9");
    assertCounted(faulty, Fault.TRUNCATE, load(faulty, "", "-p", "4").get("corrupt"));
  }

  private static String with(String listener, String keys) {
    return keys.isEmpty() ? listener : listener + "?" + keys;
  }

  private static void assertCounted(FaultyListener faulty, Fault fault, JsonNode seen)
      throws Exception {
    assertEquals(faulty.injected(fault), seen == null ? 0 : seen.asLong(), fault.text());
    assertTrue(faulty.injected(fault) > 5, fault.text());
  }

  private static JsonNode load(FaultyListener faulty, String keys, String... flags)
      throws Exception {
    return faulty.load(keys, REQUESTS, flags).get("requests");
  }
}
