package io.sounder.client.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.Run;
import io.sounder.client.outcome.ClientFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ServerChildIT {
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final Path JAR = Path.of(System.getProperty("sounder.server.jar"));

  /** Holds a server until it is killed: what a demo is while its load runs. */
  static final class Holder {
    static final List<String> LISTENERS =
        List.of("tcp://127.0.0.1:0", "udp://127.0.0.1:0", "--admin", "off");

    private Holder() {}

    public static void main(String[] args) throws InterruptedException {
      ServerChild server = new ServerChild(Path.of(args[0]), LISTENERS);
      System.out.println(server.awaitReady(PATIENCE_NANOS).get(0));
      Thread.currentThread().join();
    }
  }

  @Test
  void tellsWhereTheServerListensAndStopsItInOrder() {
    try (ServerChild server = new ServerChild(JAR, Holder.LISTENERS)) {
      List<String> listening = server.awaitReady(PATIENCE_NANOS);

      assertEquals(2, listening.size(), () -> listening.toString());
      Run.of("check", listening.get(0) + "?reply=echo").succeeded();
      Run.of("check", listening.get(1) + "?reply=echo").succeeded();
      assertEquals(0, server.stop(PATIENCE_NANOS));
      Run.of("check", listening.get(0)).failed(3, "refused");
    }
  }

  @Test
  void saysWhyAServerDoesNotStart() {
    try (ServerChild server = new ServerChild(JAR, List.of("tcp://127.0.0.1:99999"))) {
      ClientFailure failure =
          assertThrows(ClientFailure.class, () -> server.awaitReady(PATIENCE_NANOS));

      assertEquals(70, failure.exitCode());
      assertTrue(failure.getMessage().contains("ended before it was ready"), failure.getMessage());
      assertTrue(failure.getMessage().contains("ports go from 0"), failure.getMessage());
    }
  }

  @Test
  void theServerDoesNotOutliveUsHoweverWeEnd() throws IOException {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                JAR.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = holder.inputReader(UTF_8)) {
      String target = Objects.requireNonNull(out.readLine(), "the holder did not start");
      Run.of("check", target).succeeded();

      holder.destroyForcibly();

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> Run.of("check", target).failed(3, "refused"));
    } finally {
      holder.destroyForcibly();
    }
  }
}
