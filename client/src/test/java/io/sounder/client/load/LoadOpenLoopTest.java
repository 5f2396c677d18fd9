package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sounder.protocol.endpoint.Scheme;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests at a given rate, against a peer in the test. */
class LoadOpenLoopTest {
  private static final long STALL_MILLIS = 300;
  private static final TestPeer.Behaviour ECHO = (number, request, port) -> port.send(request);

  @ParameterizedTest
  @CsvSource({"TCP, uniform", "TCP, poisson", "UNIX, uniform", "UDP, uniform", "UDP, poisson"})
  void allThatIsPlannedIsSentAndVerified(Scheme scheme, String arrivals) throws IOException {
    try (TestPeer peer = new TestPeer(scheme, 64, ECHO)) {
      Load load =
          Load.run(
              peer.url(),
              "-c",
              "4",
              "-t",
              "2",
              "-r",
              "2k",
              "--arrivals",
              arrivals,
              "-n",
              "300",
              "--seed",
              "7",
              "--json",
              "-");
      assertEquals(300, load.count("ok"), load.out());
      assertEquals(300, load.count("planned"));
      assertEquals(0, load.count("unsent"));
      assertEquals(300, load.json().at("/response_time_ns/count").asLong());
      assertEquals(300, load.json().at("/service_time_ns/count").asLong());
      assertEquals(300, load.json().at("/client/send_lag_ns/count").asLong());
      assertEquals(2000, load.json().at("/rate/asked").asDouble());
      assertEquals(arrivals, load.json().at("/rate/arrivals").asText());
    }
  }

  @Test
  void theNumberThatIsPlannedIsRateTimesDuration() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load =
          Load.run(
              peer.url(),
              "-c",
              "3",
              "-t",
              "3",
              "-r",
              "1k",
              "-d",
              "500ms",
              "--warmup",
              "50ms",
              "--json",
              "-");
      assertEquals(500, load.count("planned"), load.out());
      assertEquals(500, load.count("sent") + load.count("unsent"));
    }
  }

  @Test
  void aRampPlansTheAreaBelowIt() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load =
          Load.run(
              peer.url(),
              "-c",
              "2",
              "--ramp",
              "100:1900:400ms",
              "-d",
              "500ms",
              "--warmup",
              "0s",
              "--json",
              "-");
      assertEquals(400 + 190, load.count("planned"), load.out());
      assertEquals(1180, load.json().at("/rate/asked").asDouble(), 0.001);
    }
  }

  /** One request waits at the peer, and all that fall due meanwhile wait for their turn. */
  @Test
  void aStallOfThePeerIsInTheResponseTimesOfAllThatFellDueInIt() throws IOException {
    AtomicInteger held = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    TestPeer.Behaviour stalling =
        (number, request, port) -> {
          if (number == 20 && held.incrementAndGet() == 1) {
            await(never);
          }
          port.send(request);
        };
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, stalling)) {
      Load load = Load.run(peer.url(), "-c", "1", "-r", "1k", "-n", "600", "--json", "-");
      assertEquals(600, load.count("ok"), load.out());
      JsonNode response = load.json().get("response_time_ns");
      JsonNode service = load.json().get("service_time_ns");
      assertTrue(response.get("p90").asLong() > 150_000_000, "half of the requests waited");
      assertTrue(response.get("max").asLong() >= 300_000_000);
      assertTrue(service.get("p90").asLong() < 150_000_000, "one request was in flight");
      assertTrue(service.get("max").asLong() >= 300_000_000);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (latch.await(STALL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts it down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whatIsNeverAnsweredIsPendingAndUnsentAndCountsAsLowerBounds(int pipeline)
      throws IOException {
    TestPeer.Behaviour silentAfterTen =
        (number, request, port) -> {
          if (number <= 10) {
            port.send(request);
          }
        };
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, silentAfterTen)) {
      Load load =
          Load.run(
              peer.url(),
              "-c",
              "1",
              "-p",
              "" + pipeline,
              "-r",
              "1k",
              "-d",
              "200ms",
              "--warmup",
              "0s",
              "--timeout",
              "400ms",
              "--json",
              "-");
      assertEquals(200, load.count("planned"), load.out());
      assertEquals(10, load.count("ok"));
      assertEquals(pipeline, load.count("pending"));
      assertEquals(200 - 10 - pipeline, load.count("unsent"));
      JsonNode json = load.json();
      assertEquals(200, json.at("/response_time_ns/count").asLong());
      assertEquals(190, json.at("/response_time_ns/lower_bounds").asLong());
      assertEquals(10 + pipeline, json.at("/service_time_ns/count").asLong());
      assertEquals(pipeline, json.at("/service_time_ns/lower_bounds").asLong());
      assertTrue(json.at("/requests/oldest_pending_ns").asLong() > 400_000_000);
      assertEquals(7, load.exitCode());
    }
  }

  @Test
  void manyAreInFlightOnOneConnectionWhereThatIsAllowed() throws IOException {
    AtomicInteger seen = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(8);
    TestPeer.Behaviour waitingForEight =
        (number, request, port) -> {
          all.countDown();
          if (seen.incrementAndGet() == 8) {
            for (int i = 0; i < 8; i++) {
              port.send(request); // wrong replies, but in time
            }
          }
        };
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, waitingForEight)) {
      Load.run(peer.url(), "-c", "1", "-p", "8", "-r", "1k", "-n", "8", "--timeout", "1s");
      assertEquals(0, all.getCount(), "eight came before the first reply");
    }
  }

  @Test
  void connectionsAreClosedAfterSoManyRepliesAndOpenedAgain() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load =
          Load.run(
              peer.url(), "-c", "2", "-n", "100", "--requests-per-connection", "10", "--json", "-");
      assertEquals(100, load.count("ok"), load.out());
      assertEquals("VALID", load.json().get("verdict").asText());
      long opened = load.json().at("/connections/opened").asLong();
      assertTrue(opened >= 10 && opened <= 12, "opened " + opened);
      assertEquals(opened, load.json().at("/connect_time_ns/count").asLong());
    }
  }

  @Test
  void connectionsComeFromTheAddressesGiven() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load =
          Load.run(
              peer.url(),
              "-c",
              "4",
              "-n",
              "40",
              "--source-ip",
              "127.0.0.2,127.0.0.3",
              "--json",
              "-");
      assertEquals(40, load.count("ok"), load.out());
      Load none =
          Load.run(peer.url(), "-c", "1", "-n", "1", "--source-ip", "203.0.113.1", "--json", "-");
      assertEquals(3, none.exitCode(), none.err());
    }
  }

  /**
   * What could not be sent waited for the peer, though all that was sent is answered at the end.
   */
  @Test
  void aPeerThatIsTooSlowForTheRateDoesNotMakeTheClientLookLate() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    TestPeer.Behaviour slow =
        (number, request, port) -> {
          await(never);
          port.send(request);
        };
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, slow)) {
      Load load =
          Load.run(peer.url(), "-c", "1", "-r", "1k", "-d", "1s", "--warmup", "0s", "--json", "-");
      assertTrue(load.count("unsent") > 900, load.out());
      assertEquals(0, load.count("pending"));
      long lag = load.json().at("/client/send_lag_ns/p50").asLong();
      assertTrue(lag < STALL_MILLIS * 1_000_000, "send lag p50 of " + lag + " ns");
    }
  }

  @Test
  void connectionsAreClosedAfterSoManyRequestsWhereNobodyAnswers() throws IOException {
    TestPeer.Behaviour silent = (number, request, port) -> {};
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, silent)) {
      Load load =
          Load.run(
              peer.url() + "?reply=discard",
              "-c",
              "2",
              "-n",
              "100",
              "--requests-per-connection",
              "10",
              "-d",
              "2s",
              "--json",
              "-");
      assertEquals(100, load.count("ok"), load.out());
      assertTrue(load.json().at("/connections/opened").asLong() >= 10, load.out());
    }
  }

  @Test
  void aThreadWithoutARequestOpensItsConnectionsAllTheSame() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load =
          Load.run(
              peer.url(),
              "-c",
              "4",
              "-t",
              "2",
              "-n",
              "1",
              "-r",
              "10",
              "--connect-rate",
              "10",
              "--json",
              "-");
      assertEquals(1, load.count("ok"), load.out());
      assertEquals(4, load.json().at("/connections/opened").asLong());
    }
  }
}
