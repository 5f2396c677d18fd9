package io.sounder.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.chaos.Schedule.Ending;
import io.sounder.client.fixture.Run;
import io.sounder.protocol.framing.Framing;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The load tester over the same links: its ledger adds up, and no reply in it is a guess. */
@Timeout(600)
class ChaosLoadTest {
  private static final int SEEDS = 24;
  private static final int REQUESTS = 60;
  private static final int SIZE = 64;

  @Test
  void keepsALedgerThatAddsUpToWhatPassed() throws Exception {
    Lanes.run(SEEDS, 0.05, ChaosLoadTest::load);
  }

  private static void load(Lane lane, long seed) throws Exception {
    Random random = new Random(seed);
    Framing framing = Talk.FRAMINGS.get(random.nextInt(Talk.FRAMINGS.size()));
    int frame = SIZE + (framing == Framing.LENGTH ? 4 : framing == Framing.LINE ? 1 : 0);
    lane.begin(framing, () -> Schedule.draw(random, REQUESTS * frame));
    Run run =
        Run.of(
            "load",
            lane.target(framing),
            "-c",
            "" + (1 + random.nextInt(3)),
            "-p",
            "" + (1 + random.nextInt(4)),
            "-n",
            "" + REQUESTS,
            "-s",
            SIZE + "B",
            "--timeout",
            "100ms",
            "--json",
            "-");
    List<Link> links = lane.finish(framing);
    String what = framing.text() + ", " + links.size() + " links: " + run;
    JsonNode requests = new ObjectMapper().readTree(run.text()).get("requests");
    long ok = count(requests, "ok");
    long cut = count(requests, "corrupt");
    long sent = count(requests, "sent");
    assertEquals(sent, ok + cut + count(requests, "pending") + errors(requests), what);
    assertEquals(cut, requests.at("/wrong/truncated").asLong(), "none is wrong but cut: " + what);
    assertEquals(0, count(requests, "duplicates"), what);
    assertEquals(cut > 0 ? 5 : ok == REQUESTS ? 0 : 7, run.exitCode(), what);
    long passed = links.stream().mapToLong(link -> link.bytesDown() / frame).sum();
    assertTrue(ok <= passed, ok + " are ok, and " + passed + " passed: " + what);
    boolean isPatient =
        count(requests, "pending") == 0 && !requests.at("/errors").has("reply-timeout");
    if (isPatient && links.stream().allMatch(ChaosLoadTest::losesNothing)) {
      assertEquals(passed, ok, what);
    }
  }

  /** Whether all that has passed has come. */
  private static boolean losesNothing(Link link) {
    return link.schedule().ending() == Ending.NONE || link.schedule().ending() == Ending.CLOSE;
  }

  private static long count(JsonNode requests, String column) {
    return requests.get(column).asLong();
  }

  private static long errors(JsonNode requests) {
    long sum = 0;
    for (Iterator<JsonNode> each = requests.get("errors").elements(); each.hasNext(); ) {
      sum += each.next().asLong();
    }
    return sum;
  }
}
