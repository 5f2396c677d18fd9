package io.sounder.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.client.fixture.Run;
import io.sounder.protocol.endpoint.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One listener of our service, and what it has done wrong on purpose. */
final class FaultyListener {
  private final FaultyServer server;
  private final String address;

  FaultyListener(FaultyServer server, String address) {
    this.server = server;
    this.address = address;
  }

  /** Where it listens, with these keys as a target. */
  String target(String keys) {
    return keys.isEmpty() ? address : address + "?" + keys;
  }

  /** Gives it other faults. */
  void inject(String keys) throws IOException, InterruptedException {
    server.inject(target(keys));
  }

  /** How often it has injected a fault so far. */
  long injected(Fault fault) throws IOException, InterruptedException {
    return server.figure(
        "faults_injected_total{listener=\"" + address + "\",kind=\"" + fault.text() + "\"}");
  }

  /**
   * Runs {@code load} against it; the result.
   *
   * @param keys of the target
   * @param flags further ones; there are four connections unless they say otherwise
   */
  JsonNode load(String keys, int requests, String... flags) throws IOException {
    List<String> line = new ArrayList<>(List.of("load", target(keys), "--json", "-"));
    line.addAll(List.of("-n", Integer.toString(requests), "-d", "60s"));
    if (!List.of(flags).contains("-c")) {
      line.addAll(List.of("-c", "4"));
    }
    line.addAll(List.of(flags));
    Run run = Run.of(line.toArray(String[]::new));
    assertTrue(run.out().startsWith("{"), run::err);
    return new ObjectMapper().readTree(run.out());
  }
}
