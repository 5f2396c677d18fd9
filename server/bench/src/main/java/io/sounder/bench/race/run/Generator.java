package io.sounder.bench.race.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sounder.bench.race.result.Sample;
import io.sounder.bench.race.shape.Shape;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Drives servers with Sounder's own load tester, which checks every byte that comes back. */
public final class Generator implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WARM_UP = "250ms";
  private static final String TIMEOUT = "2s";

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  /** Starts its process; {@code command} is what comes before the class to run. */
  public Generator(List<String> command, File log) {
    List<String> all = new ArrayList<>(command);
    all.add(GeneratorHost.class.getName());
    try {
      process =
          new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
    } catch (IOException e) {
      throw new RaceFailure("the generator cannot be started: " + e.getMessage(), e);
    }
    in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Gives a server its turn.
   *
   * @throws ServerFailure if it answers nothing, or is gone
   * @throws RaceFailure if the generator itself is
   */
  public Sample measure(ServerProcess server, Shape shape, double seconds) {
    try {
      CpuTrace trace = new CpuTrace(server.accounts());
      JsonNode answer;
      try {
        answer = ask(arguments(server, shape, seconds));
      } finally {
        trace.end();
      }
      return sample(answer, trace, server);
    } catch (IOException e) {
      throw new ServerFailure(server.name() + " is gone: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RaceFailure("interrupted", e);
    }
  }

  private static List<String> arguments(ServerProcess server, Shape shape, double seconds) {
    List<String> arguments = new ArrayList<>();
    arguments.add("load");
    arguments.add(shape.target(server.address()));
    arguments.addAll(shape.loadFlags());
    arguments.addAll(List.of("-d", Math.round(seconds * 1e3) + "ms", "--warmup", WARM_UP));
    arguments.addAll(List.of("--timeout", TIMEOUT, "--progress", "none", "--json", "-"));
    return arguments;
  }

  private JsonNode ask(List<String> arguments) {
    try {
      in.write(JSON.writeValueAsString(arguments));
      in.newLine();
      in.flush();
      String line = out.readLine();
      if (line == null) {
        throw new RaceFailure("the generator has ended");
      }
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new RaceFailure("the generator cannot be asked: " + e.getMessage(), e);
    }
  }

  private static Sample sample(JsonNode answer, CpuTrace trace, ServerProcess server)
      throws IOException {
    JsonNode result = answer.get("result");
    if (result == null || result.at("/requests/ok").asLong() == 0) {
      String why = firstLine(answer.get("err").asText());
      throw new ServerFailure(server.name() + " answered nothing: " + why);
    }
    Instant from = Instant.parse(result.get("started_at").asText());
    Instant to = from.plusNanos(result.get("duration_ns").asLong());
    JsonNode requests = result.get("requests");
    long right = requests.get("ok").asLong();
    JsonNode times = result.get("service_time_ns");
    return new Sample(
        result.at("/rate/achieved").asDouble(),
        times.get("p50").asDouble(),
        times.get("p99").asDouble(),
        times.get("p99.9").asDouble(),
        trace.nanosBetween(from, to) / right,
        server.accounts().residentBytes(),
        result.at("/client/cpu").asDouble(Double.NaN),
        requests.get("sent").asLong() - right);
  }

  private static String firstLine(String text) {
    return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("no error was said");
  }

  /** Ends its process. */
  @Override
  public void close() {
    process.destroy();
  }
}
