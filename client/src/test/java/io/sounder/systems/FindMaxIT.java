package io.sounder.systems;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.client.fixture.Run;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The search for the highest rate, against a server that is not ours and tells its limit only when
 * all is over. How near it comes on a machine that does nothing else, {@code server/bench/find-max}
 * measures; here the machine may be busy, which can only make what is found smaller.
 */
class FindMaxIT {
  private static final Path SERVER = Path.of("..", "server", "bench", "limited-echo.py");

  @Test
  void aLimitThatNobodyToldIsFound() throws Exception {
    try (Program server =
        Program.start(List.of("python3", "-u", SERVER.toString(), "1000", "5000"))) {
      String address = server.awaitLine("listening ");
      Run run =
          Run.of(
              ("load tcp://" + address + " --find-max p99<100ms --json - --progress none")
                  .split(" "));
      server.signal("TERM");
      double limit = Double.parseDouble(server.awaitLine("limit "));
      JsonNode json = new ObjectMapper().readTree(run.text());

      double share = json.at("/find_max/found").asDouble() / limit;
      assertTrue(share > 0.5, () -> "far below " + limit + ": " + run);
      assertTrue(share < 1.02, () -> "above " + limit + ": " + run);
      assertTrue(run.exitCode() == 0 || run.exitCode() == 6, run::toString);
    }
  }
}
