package io.sounder.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.client.fixture.Run;
import io.sounder.protocol.endpoint.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Our service as a child process with one listener, seen through its admin port. */
final class FaultyServer implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String listener;
  private final String admin;

  private FaultyServer(Process process, Map<String, String> printed) {
    this.process = process;
    this.listener = printed.get("listening");
    this.admin = printed.get("admin");
  }

  /** Starts it on a free port. */
  static FaultyServer on(String url) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("sounder.server.jar"),
                url,
                "--admin",
                "127.0.0.1:0",
                "--stats",
                "off")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new FaultyServer(process, readUntilReady(process));
  }

  private static Map<String, String> readUntilReady(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Map<String, String> printed = new TreeMap<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals("ready")) {
        return printed;
      }
      printed.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
    }
    throw new IOException("it ended instead of serving");
  }

  /** Where it listens, with these keys as a target. */
  String target(String keys) {
    return keys.isEmpty() ? listener : listener + "?" + keys;
  }

  /** Gives the listener other faults. */
  void inject(String keys) throws IOException, InterruptedException {
    HttpResponse<String> changed =
        http.send(
            HttpRequest.newBuilder(URI.create(admin + "/faults"))
                .PUT(BodyPublishers.ofString(target(keys)))
                .build(),
            BodyHandlers.ofString());
    assertEquals(200, changed.statusCode(), changed::body);
  }

  /** How often it has injected a fault so far. */
  long injected(Fault fault) throws IOException, InterruptedException {
    return figure(
        "faults_injected_total{listener=\"" + listener + "\",kind=\"" + fault.text() + "\"} ");
  }

  /** How many messages it has taken so far. */
  long messages() throws IOException, InterruptedException {
    return figure("messages_total ");
  }

  private long figure(String name) throws IOException, InterruptedException {
    String stats =
        http.send(
                HttpRequest.newBuilder(URI.create(admin + "/stats")).build(),
                BodyHandlers.ofString())
            .body();
    return stats
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + "is not in " + stats));
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

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
