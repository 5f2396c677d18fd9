package io.sounder.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sounder.protocol.endpoint.Fault;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that the service holds back are slow, late or missing in {@code load}'s result. */
@Timeout(120)
class LoadSeesDelaysIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * The faults end long before the test does, so that all that is late has come by then: each
   * column of the ledger is the service's own count.
   */
  @Test
  void keepsALedgerOfDatagramsThatAddsUpExactly() throws Exception {
    int requests = 18_000;
    int faulty = 10_000;
    try (FaultyServer server =
        FaultyServer.on("udp://127.0.0.1:0?drop=2&dup=1&delay=3s:1&seed=12")) {
      CompletableFuture<JsonNode> running =
          CompletableFuture.supplyAsync(
              () -> loaded(server, requests, "--rate", "2k", "-p", "128", "--timeout", "2s"));
      Awaitility.await().atMost(PATIENCE).until(() -> server.messages() >= faulty);
      server.inject("");
      JsonNode ledger = running.join().get("requests");

      assertEquals(server.injected(Fault.DELAY), ledger.get("late").asLong(), ledger::toString);
      assertEquals(server.injected(Fault.DROP), ledger.get("lost").asLong(), ledger::toString);
      assertEquals(server.injected(Fault.DUP), ledger.get("duplicates").asLong());
      assertEquals(requests, ledger.get("sent").asLong());
      assertEquals(
          requests - server.injected(Fault.DELAY) - server.injected(Fault.DROP),
          ledger.get("ok").asLong(),
          ledger::toString);
      assertTrue(server.injected(Fault.DELAY) > 50);
      assertTrue(server.injected(Fault.DROP) > 100);
      assertTrue(server.injected(Fault.DUP) > 50);
    }
  }

  private static JsonNode loaded(FaultyServer server, int requests, String... flags) {
    try {
      return server.load("", requests, flags);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What comes too late on a stream ends its connection, and the next one goes on. */
  @ParameterizedTest
  @ValueSource(strings = {"framing=line", "framing=length", ""})
  void seesEachReplyThatWasTooLateOnAStream(String keys) throws Exception {
    try (FaultyServer server = FaultyServer.on(listener(keys))) {
      server.inject("delay=3s:0.1&seed=13");
      JsonNode requests = server.load(keys, 10_000, "-c", "10", "--timeout", "2s").get("requests");
      long tooLate = requests.at("/errors/reply-timeout").asLong();
      assertEquals(10_000 - tooLate, requests.get("ok").asLong());
      assertTrue(tooLate > 3, requests::toString);
      Awaitility.await("all that was delayed is sent, to nobody")
          .atMost(PATIENCE)
          .until(() -> server.injected(Fault.DELAY), count -> count == tooLate);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"framing=line", "framing=length", ""})
  void findsAsManySlowRepliesAsWereDelayed(String keys) throws Exception {
    Duration delay = Duration.ofSeconds(1); // nothing else takes so long
    int requests = 2_000;
    try (FaultyServer server = FaultyServer.on(listener(keys))) {
      server.inject("delay=" + delay.toMillis() + "ms:10&seed=14");
      JsonNode result = server.load(keys, requests, "-c", "200");
      assertEquals(requests, result.at("/requests/ok").asInt());
      assertEquals(server.injected(Fault.DELAY), atLeast(delay, result));
      assertTrue(server.injected(Fault.DELAY) > 100);
    }
  }

  @Test
  void leavesTheReplyThatIsNotDelayedAsItIs() throws Exception {
    Duration delay = Duration.ofMillis(10);
    int requests = 10_000;
    try (FaultyServer server =
        FaultyServer.on("tcp://127.0.0.1:0?framing=line&delay=10ms:10&seed=15")) {
      JsonNode result = server.load("framing=line", requests, "-c", "16");
      long delayed = server.injected(Fault.DELAY);
      assertEquals(requests, result.at("/requests/ok").asInt());
      assertTrue(atLeast(delay, result) >= delayed, "none of them came early");
      assertTrue(delayed > 850 && delayed < 1_150, delayed + " of 10000 at 10 %");
      assertTrue(
          result.at("/service_time_ns/p50").asLong() < delay.toNanos(), "others do not wait");
    }
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
