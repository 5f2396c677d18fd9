package io.sounder.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.server.admin.AdminServer;
import io.sounder.server.admin.Doorway;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.NanoClock;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.inspect.Inspector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page over HTTP: its files, and what its events tell. */
@Timeout(30)
class LivePageTest {
  private static final Pattern PART = Pattern.compile("[\"'](?:/page/|\\./)([\\w.]+)[\"']");

  private final Inspector inspector = new Inspector(NanoClock.SYSTEM, InstantSource.system());
  private final HttpClient http = HttpClient.newHttpClient();
  private RunningServer server;
  private AdminServer admin;

  @BeforeEach
  void start() throws Exception {
    server =
        RunningServer.observed(
            inspector, 1, "tcp://127.0.0.1:0?framing=line&inspect=on", "tcp://127.0.0.1:0");
    admin =
        AdminServer.bind(
            Doorway.plain(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), AccessList.LOOPBACK),
            () -> {});
    admin.serve(AdminPages.of(server.server(), inspector));
  }

  @AfterEach
  void stop() {
    admin.stop();
    server.close();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + admin.address().getPort() + path))
        .build();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path), BodyHandlers.ofString());
  }

  private static Set<String> parts(String text) {
    return PART.matcher(text).results().map(each -> each.group(1)).collect(Collectors.toSet());
  }

  @Test
  void everyFileThatItNeedsIsThereAndMayDoNothingButWhatItMust() throws Exception {
    List<String> open = new ArrayList<>(parts(get("/").body()));
    assertTrue(open.size() > 5, () -> "parts of the page: " + open);
    for (int i = 0; i < open.size(); i++) {
      String part = open.get(i);
      HttpResponse<String> file = get("/page/" + part);
      assertEquals(200, file.statusCode(), part);
      assertEquals("nosniff", file.headers().firstValue("X-Content-Type-Options").orElse(""));
      if (part.endsWith(".js")) {
        assertTrue(file.headers().firstValue("Content-Type").orElse("").contains("javascript"));
        parts(file.body()).stream().filter(each -> !open.contains(each)).forEach(open::add);
      }
    }
    assertTrue(open.contains("fields.js"), "what is imported was looked at, too");
  }

  @Test
  void nothingInItRunsThatIsNotAFileOfOurs() throws Exception {
    HttpResponse<String> page = get("/");
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    for (String rule :
        List.of("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")) {
      assertTrue(policy.contains(rule), policy);
    }
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals("no-referrer", page.headers().firstValue("Referrer-Policy").orElse(""));
    for (String inlined : List.of("<script>", "<style", " style=", " onclick=", "javascript:")) {
      assertFalse(page.body().contains(inlined), inlined);
    }
  }

  @Test
  void itsFiguresAreThoseOfStats() throws Exception {
    try (Peer peer = server.connect(1)) {
      peer.assertEchoes("hello");
      try (Stream stream = new Stream("/events")) {
        List<String> told = stream.next("stats");
        List<String> stats =
            get("/stats").body().lines().filter(line -> !changesByItself(line)).toList();
        assertTrue(stats.contains("messages_total 1"), stats::toString);
        for (String line : stats) {
          assertTrue(told.contains(line), () -> line + " is not among " + told);
        }
      }
    }
  }

  @Test
  void itsFiguresOfAListenerAreThoseOfMetrics() throws Exception {
    try (Peer peer = server.connect(1);
        Stream stream = new Stream("/events")) {
      stream.next("stats"); // reply times are those since then
      peer.assertEchoes("hello");
      List<String> told = stream.next("stats");
      String label = "{listener=\"" + server.endpoint(1) + "\"";
      String metrics = get("/metrics").body();
      assertTrue(metrics.contains("sounder_messages_total" + label + "} 1.0\n"), metrics);
      assertTrue(told.contains("listener_messages_total" + label + "} 1"), told::toString);
      assertTrue(
          metrics.contains("sounder_connections" + label + ",state=\"open\"} 1.0\n"), metrics);
      assertTrue(
          told.contains("listener_connections" + label + ",state=\"open\"} 1"), told::toString);
      String p99 = "reply_time_nanoseconds{quantile=\"0.99\"} ";
      assertTrue(
          told.stream()
              .filter(line -> line.startsWith(p99))
              .anyMatch(line -> Long.parseLong(line.substring(p99.length())) > 0),
          told::toString);
    }
  }

  /** What counts what the reactor does, also while nobody asks anything of it. */
  private static boolean changesByItself(String line) {
    return line.startsWith("reactor_") || line.startsWith("worker_wake_ups");
  }

  @Test
  void tellsWhichListenersThereAreAndWhichMayBeWatched() throws Exception {
    try (Stream stream = new Stream("/events")) {
      String json = stream.next("listeners").get(0);
      String first = server.endpoint(0).toString();
      assertTrue(
          json.startsWith(
              "[{\"name\":\""
                  + first
                  + "\",\"text\":\"tcp://127.0.0.1:0?framing=line&inspect=on\",\"inspected\":true},"),
          json);
      assertTrue(json.endsWith("\"inspected\":false}]"), json);
    }
  }

  @Test
  void tellsWhatArrivesToThoseWhoWatchAndCopiesNothingForOthers() throws Exception {
    Listener listener = server.server().listeners().get(0);
    try (Peer peer = server.connect(0);
        Stream looking = new Stream("/events")) {
      looking.next("stats");
      assertFalse(inspector.wants(listener), "nobody watches");
      String name = URLEncoder.encode(server.endpoint(0).toString(), UTF_8);
      try (Stream watching = new Stream("/events?inspect=" + name)) {
        watching.next("stats");
        peer.send("na\"ïve\n");
        String bytes = Base64.getEncoder().encodeToString("na\"ïve".getBytes(UTF_8));
        while (!watching.next("message").get(0).contains(bytes)) {
          // it was not there yet
        }
      }
      Eventually.isTrue("nobody watches any more", () -> !inspector.wants(listener));
    }
  }

  /** What one who looks is told. */
  private final class Stream implements AutoCloseable {
    private final InputStream body;
    private final BufferedReader lines;

    Stream(String path) throws IOException, InterruptedException {
      HttpResponse<InputStream> answer = http.send(request(path), BodyHandlers.ofInputStream());
      assertEquals("text/event-stream", answer.headers().firstValue("Content-Type").orElse(""));
      body = answer.body();
      lines = new BufferedReader(new InputStreamReader(body, UTF_8));
    }

    /** The data of the next event of that name. */
    List<String> next(String name) throws IOException {
      String line = lines.readLine();
      while (!line.equals("event: " + name)) {
        line = lines.readLine();
      }
      List<String> data = new ArrayList<>();
      for (String next = lines.readLine(); !next.isEmpty(); next = lines.readLine()) {
        data.add(next.substring("data: ".length()));
      }
      return data;
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
