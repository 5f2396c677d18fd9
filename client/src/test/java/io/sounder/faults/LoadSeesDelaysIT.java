package io.sounder.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sounder.protocol.endpoint.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Replies that the service holds back are slow, late or missing in {@code load}'s result. */
@Timeout(120)
class LoadSeesDelaysIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String UDP = "udp://127.0.0.1:0";
  private static final List<String> FRAMINGS = List.of("framing=line", "framing=length", "");

  private static FaultyServer server;

  @BeforeAll
  static void startsTheServer() throws IOException {
    List<String> listeners = new ArrayList<>(List.of(UDP, listener(FRAMINGS.get(0))));
    for (String keys : FRAMINGS) {
      listeners.addAll(Collections.nCopies(2, listener(keys)));
    }
    server = FaultyServer.on(listeners);
  }

  @AfterAll
  static void endsTheServer() {
    server.close();
  }

  /**
   * The faults end long before the test does, so that all that is late has come by then: each
   * column of the ledger is the service's own count.
   */
  @Test
  void keepsALedgerOfDatagramsThatAddsUpExactly() throws Exception {
    int requests = 20_000;
    FaultyListener faulty = server.take(UDP);
    faulty.inject("drop=2&dup=1&delay=3s:1&seed=12");
    CompletableFuture<JsonNode> running =
        CompletableFuture.supplyAsync(
            () -> loaded(faulty, requests, "--rate", "3k", "-p", "128", "--timeout", "2s"));
    // As many are delayed as are doubled; they are counted when they are sent.
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> faulty.injected(Fault.DUP) > 80 && faulty.injected(Fault.DROP) > 100);
    faulty.inject("");
    JsonNode ledger = running.join().get("requests");

    assertEquals(faulty.injected(Fault.DELAY), ledger.get("late").asLong(), ledger::toString);
    assertEquals(faulty.injected(Fault.DROP), ledger.get("lost").asLong(), ledger::toString);
    assertEquals(faulty.injected(Fault.DUP), ledger.get("duplicates").asLong());
    assertEquals(requests, ledger.get("sent").asLong());
    assertEquals(
        requests - faulty.injected(Fault.DELAY) - faulty.injected(Fault.DROP),
        ledger.get("ok").asLong(),
        ledger::toString);
    assertTrue(faulty.injected(Fault.DELAY) > 50, ledger::toString);
  }

  private static JsonNode loaded(FaultyListener faulty, int requests, String... flags) {
    try {
      return faulty.load("", requests, flags);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What comes too late on a stream ends its connection, and the next one goes on. */
  @ParameterizedTest
  @FieldSource("FRAMINGS")
  void seesEachReplyThatWasTooLateOnAStream(String keys) throws Exception {
    FaultyListener faulty = server.take(listener(keys));
    faulty.inject("delay=3s:0.1&seed=13");
    JsonNode requests = faulty.load(keys, 10_000, "-c", "10", "--timeout", "2s").get("requests");
    long tooLate = requests.at("/errors/reply-timeout").asLong();
    assertEquals(10_000 - tooLate, requests.get("ok").asLong());
    assertTrue(tooLate > 3, requests::toString);
    Awaitility.await("all that was delayed is sent, to nobody")
        .atMost(PATIENCE)
        .until(() -> faulty.injected(Fault.DELAY), count -> count == tooLate);
  }

  @ParameterizedTest
  @FieldSource("FRAMINGS")
  void findsAsManySlowRepliesAsWereDelayed(String keys) throws Exception {
    Duration delay = Duration.ofSeconds(1); // nothing else takes so long
    int requests = 2_000;
    FaultyListener faulty = server.take(listener(keys));
    faulty.inject("delay=" + delay.toMillis() + "ms:10&seed=14");
    JsonNode result = faulty.load(keys, requests, "-c", "200");
    assertEquals(requests, result.at("/requests/ok").asInt());
    assertEquals(faulty.injected(Fault.DELAY), atLeast(delay, result));
    assertTrue(faulty.injected(Fault.DELAY) > 100);
  }

  @Test
  void leavesTheReplyThatIsNotDelayedAsItIs() throws Exception {
    Duration delay = Duration.ofMillis(10);
    int requests = 10_000;
    FaultyListener faulty = server.take(listener("framing=line"));
    faulty.inject("delay=10ms:10&seed=15");
    JsonNode result = faulty.load("framing=line", requests, "-c", "16");
    long delayed = faulty.injected(Fault.DELAY);
    assertEquals(requests, result.at("/requests/ok").asInt());
    assertTrue(atLeast(delay, result) >= delayed, "none of them came early");
    assertTrue(delayed > 850 && delayed < 1_150, delayed + " of 10000 at 10 %");
    assertTrue(result.at("/service_time_ns/p50").asLong() < delay.toNanos(), "others do not wait");
  }

  private static String listener(String keys) {
    return keys.isEmpty() ? "tcp://127.0.0.1:0" : "tcp://127.0.0.1:0?" + keys;
  }

  /** How many replies took so long or longer. */
  private static long atLeast(Duration time, JsonNode result) throws Exception {
    byte[] encoded = Base64.getDecoder().decode(result.at("/histograms/service_time").asText());
    Histogram service = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0);
    return service.getCountBetweenValues(time.toNanos(), service.getMaxValue());
  }
}
