package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ServeProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus beside a real service, which then is asked to stop. */
@Timeout(60)
class PrometheusIT {
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void readsTheFiguresOfAServiceThatLeavesInOrder() throws Exception {
    try (ServeProcess serve =
            ServeProcess.start(
                    "tcp://127.0.0.1:0?framing=line", "--admin", "127.0.0.1:0", "--lame-duck", "1m")
                .awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      peer.assertEchoes("one\n");
      peer.assertEchoes("two\n");
      String admin = serve.lines("admin ").get(0);
      assertEquals("ready\n", get(admin + "/readyz"));
      int port = freePort();
      Process prometheus = startPrometheus(port, admin.substring("http://".length()));
      try {
        String url = "http://127.0.0.1:" + port + "/api/v1/query?query=";
        Eventually.isTrue("scraped", () -> value(url, "sounder_messages_total").contains("\"2\""));
        assertTrue(value(url, "sum(sounder_reply_seconds_count)").contains("\"2\""));
        assertTrue(value(url, "up").contains("\"1\""), "and nothing was wrong with it");
        serve.signal("TERM");
        Eventually.isTrue("stopping", () -> value(url, "sounder_ready").contains("\"0\""));
        assertEquals("not ready: it was asked to stop\n", get(admin + "/readyz"));
        peer.assertEchoes("three\n");
      } finally {
        prometheus.destroyForcibly().waitFor();
      }
    }
  }

  private Process startPrometheus(int port, String target) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            "global: {scrape_interval: 200ms, scrape_timeout: 200ms}\n"
                + "scrape_configs: [{job_name: sounder, static_configs: [{targets: ['"
                + target
                + "']}]}]\n");
    Process prometheus = null;
    try {
      prometheus =
          new ProcessBuilder(
                  "prometheus",
                  "--config.file=" + config,
                  "--storage.tsdb.path=" + folder.resolve("data"),
                  "--web.listen-address=127.0.0.1:" + port)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      assumeTrue(false, "prometheus is not on PATH");
    }
    return prometheus;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** What Prometheus knows; empty while it does not answer. */
  private String value(String url, String query) {
    try {
      return get(url + URLEncoder.encode(query, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String get(String url) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }
}
