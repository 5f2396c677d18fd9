package io.sounder.faults;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Our service as a child process, seen through its admin port. One process serves a class of tests:
 * each test takes a listener that no other has.
 */
final class FaultyServer implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final String ADMIN = "admin ";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Map<String, Deque<String>> untaken = new HashMap<>(); // by what was asked for
  private final String admin;

  private FaultyServer(Process process, List<String> asked, List<String> printed) {
    this.process = process;
    this.admin = printed.stream().filter(line -> line.startsWith(ADMIN)).findFirst().orElseThrow();
    List<String> listening = printed.stream().filter(line -> line.startsWith(LISTENING)).toList();
    for (int i = 0; i < asked.size(); i++) {
      untaken
          .computeIfAbsent(asked.get(i), url -> new ArrayDeque<>())
          .add(listening.get(i).substring(LISTENING.length()));
    }
  }

  /** Starts it with these listeners; the same one may be asked for several times. */
  static FaultyServer on(List<String> urls) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("sounder.server.jar"),
                "--admin",
                "127.0.0.1:0",
                "--stats",
                "off"));
    line.addAll(urls);
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new FaultyServer(process, urls, readUntilReady(process));
  }

  private static List<String> readUntilReady(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> printed = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals("ready")) {
        return printed;
      }
      printed.add(line);
    }
    throw new IOException("it ended instead of serving");
  }

  /** A listener of those asked for with that URL; nobody gets it again. */
  FaultyListener take(String url) {
    return new FaultyListener(this, untaken.get(url).remove());
  }

  /** Gives a listener other faults. */
  void inject(String faults) throws IOException, InterruptedException {
    HttpResponse<String> changed =
        http.send(
            HttpRequest.newBuilder(admin("/faults")).PUT(BodyPublishers.ofString(faults)).build(),
            BodyHandlers.ofString());
    if (changed.statusCode() != 200) {
      throw new AssertionError(changed.body());
    }
  }

  /** What a line of its counters says. */
  long figure(String name) throws IOException, InterruptedException {
    String stats =
        http.send(HttpRequest.newBuilder(admin("/stats")).build(), BodyHandlers.ofString()).body();
    return stats
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + stats));
  }

  private URI admin(String path) {
    return URI.create(admin.substring(ADMIN.length()) + path);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
