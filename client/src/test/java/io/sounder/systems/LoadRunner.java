package io.sounder.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.client.fixture.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Load tests of other programs, in this process. */
final class LoadRunner {
  private LoadRunner() {}

  /** Runs one that must find every reply right, and nothing else. */
  static JsonNode verified(int requests, String target, String... flags) throws IOException {
    JsonNode json = run(0, requests, target, flags);
    assertEquals(requests, json.at("/requests/ok").asInt(), json::toPrettyString);
    assertEquals("VALID", json.get("verdict").asText());
    return json;
  }

  /** Runs one that must end with this exit code. */
  static JsonNode run(int exitCode, int requests, String target, String... flags)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("load", target, "--json", "-"));
    line.addAll(List.of("-n", "" + requests, "-d", "30s", "--timeout", "10s"));
    line.addAll(List.of(flags));
    Run run = Run.of(line.toArray(new String[0]));
    assertEquals(exitCode, run.exitCode(), run::toString);
    JsonNode json = new ObjectMapper().readTree(run.text());
    assertEquals(requests, json.at("/requests/sent").asInt(), run::toString);
    return json;
  }
}
