package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.protocol.endpoint.Scheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each exit code of {@code load}, by what calls for it; 130 is tested with the interrupt. Where a
 * busy machine may make this client the limit of an open loop, 6 is right as well.
 */
class LoadExitCodesTest {
  private static final TestPeer.Behaviour ECHO = (number, request, port) -> port.send(request);

  /** Every tenth request gets no reply. */
  private static final TestPeer.Behaviour LOSSY =
      (number, request, port) -> {
        if (number % 10 != 0) {
          port.send(request);
        }
      };

  private static Load run(TestPeer peer, String... flags) throws IOException {
    List<String> line = new ArrayList<>(List.of(peer.url(), "--json", "-"));
    line.addAll(List.of(flags));
    return Load.run(line.toArray(String[]::new));
  }

  @Test
  void zeroWhereAllIsWell() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load = run(peer, "-c", "2", "-n", "100", "--slo", "p99<10s,errors<1");
      assertEquals(0, load.exitCode(), load.err());
      assertEquals(0, load.json().get("exit_code").asInt());
      JsonNode clause = load.json().at("/slo/0");
      assertEquals("p99<10s", clause.get("text").asText());
      assertTrue(clause.get("met").asBoolean());
      assertTrue(clause.get("measured").asDouble() > 0);
    }
  }

  @Test
  void twoWhereAnObjectiveCannotBeRead() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load = run(peer, "--slo", "p99<2ms,errrors<1%");
      assertEquals(2, load.exitCode());
      assertTrue(load.err().contains("column 9"), load.err());
      assertEquals(1, load.err().lines().count());
    }
  }

  @Test
  void threeWhereNobodyListens() {
    assertEquals(3, Load.run("tcp://127.0.0.1:1", "-n", "1").exitCode());
  }

  @Test
  void fourWhereAnObjectiveIsMissed() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load = run(peer, "-n", "50", "--slo", "p50<1ns");
      assertEquals(4, load.exitCode());
      assertEquals("VALID", load.json().get("verdict").asText(), "the figures hold all the same");
      assertTrue(load.err().contains("p50<1ns  missed"), load.err());
    }
  }

  @Test
  void fiveWhereAReplyIsWrongWhateverTheObjectivesSay() throws IOException {
    TestPeer.Behaviour liar =
        (number, request, port) -> {
          request[40] ^= 1;
          port.send(request);
        };
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, liar)) {
      assertEquals(5, run(peer, "-n", "10", "--slo", "errors<=100%").exitCode());
    }
  }

  @Test
  void sixWhereTheClientCannotSendAsFastAsItShould() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.UDP, 64, (number, request, port) -> {})) {
      Load load =
          Load.run(
              peer.url() + "?reply=discard",
              "-c",
              "1",
              "-r",
              "50M",
              "-d",
              "300ms",
              "--warmup",
              "0s",
              "--json",
              "-");
      assertEquals(6, load.exitCode(), load.out());
      JsonNode json = load.json();
      assertEquals("CLIENT-LIMITED", json.get("verdict").asText());
      assertTrue(json.get("verdict_reason").asText().startsWith("p99 send lag "));
      assertEquals(15_000_000, load.count("planned"));
      assertEquals(15_000_000, load.count("sent") + load.count("unsent"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "errors<50%, 0, VALID", // as many as are tolerated
    "errors<1, 7, FAILED", // missed too, but 7 comes first
    "p50<5s, 7, FAILED" // says nothing about errors
  })
  void sevenWhereRequestsFailUnlessAnObjectiveToleratesThem(String slo, int code, String verdict)
      throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.UDP, 64, LOSSY)) {
      Load load = run(peer, "-c", "1", "-n", "40", "--timeout", "50ms", "--slo", slo);
      assertEquals(code, load.exitCode(), load.out());
      assertEquals(verdict, load.json().get("verdict").asText());
      assertEquals(4, load.count("lost") + load.count("pending"));
    }
  }

  @Test
  void aSweepWritesALineForEachStep() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load = run(peer, "--sweep", "200:600:200", "-d", "200ms", "--warmup", "20ms");
      assertTrue(List.of(0, 6).contains(load.exitCode()), load.err());
      List<String> lines = load.out().lines().toList();
      assertEquals(3, lines.size());
      for (int i = 0; i < 3; i++) {
        JsonNode json = new ObjectMapper().readTree(lines.get(i));
        assertEquals("sounder-result/1", json.get("schema").asText());
        assertEquals(200.0 * (i + 1), json.at("/rate/asked").asDouble());
        assertEquals(40 * (i + 1), json.at("/requests/planned").asInt());
        assertEquals(i, json.at("/step/index").asInt());
        assertEquals(3, json.at("/step/count").asInt());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--sweep 1k:2k:1k --rate 5; --rate and --ramp does not go with --sweep",
        "--sweep 1k:2k:1k --find-max p99<1ms; exclude each other",
        "--sweep 1k:2k:1k -n 5; --requests does not go with --sweep",
        "--sweep 1k:2k:1k --hdr x; --hdr does not go with --sweep",
        "--sweep 1k:2k; is not FROM:TO:STEP",
        "--find-max p99<1ms -d 5s; --duration and --warmup does not go with --find-max",
        "--find-max p99<1ms --slo p99<1ms; --slo does not go with --find-max",
        "--find-max p99; column 4",
        "--slo rate>=99%; a share of the asked rate needs --rate",
      })
  void stepsThatContradictOtherFlagsAreRefused(String flags, String message) {
    Load load = Load.run(("tcp://127.0.0.1:1 " + flags).split(" "));
    assertEquals(2, load.exitCode(), load.err());
    assertTrue(load.err().contains(message), load.err());
    assertEquals(1, load.err().lines().count(), load.err());
  }

  @Test
  void aSearchThatNothingKeepsEndsWithFourAndSaysWhatItTried() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, ECHO)) {
      Load load = run(peer, "--find-max", "p50<1ns");
      assertTrue(List.of(4, 6).contains(load.exitCode()), load.err());
      JsonNode search = load.json().get("find_max");
      assertTrue(search.get("found").isNull());
      assertTrue(search.get("steps").size() > 3);
      assertFalse(search.at("/steps/0/met").asBoolean(true));
      assertEquals(load.exitCode(), load.json().get("exit_code").asInt());
      String end = load.exitCode() == 4 ? "not found" : "the client is the limit";
      assertTrue(load.err().contains(end), load.err());
    }
  }
}
