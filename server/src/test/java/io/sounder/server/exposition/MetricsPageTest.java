package io.sounder.server.exposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.AdminPort;
import io.sounder.server.fixture.Certificates;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.Promtool;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.UdpPeer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The figures as Prometheus reads them. */
@Timeout(30)
class MetricsPageTest {
  private static final Pattern TYPE = Pattern.compile("^# TYPE (\\w+) (\\w+)$", Pattern.MULTILINE);

  private RunningServer server;
  private AdminPort admin;
  private String tcp;
  private String other;
  private String udp;

  @BeforeEach
  void serve() throws Exception {
    server =
        RunningServer.on(
            "tcp://127.0.0.1:0?framing=line",
            "tcp://127.0.0.1:0?drop=1&seed=1",
            "udp://127.0.0.1:0",
            Certificates.listener(""));
    admin = new AdminPort(server);
    tcp = "listener=\"" + server.endpoint(0) + "\"";
    other = "listener=\"" + server.endpoint(1) + "\"";
    udp = "listener=\"" + server.endpoint(2) + "\"";
  }

  @AfterEach
  void stop() {
    admin.close();
    server.close();
  }

  @Test
  void countsByListener() throws Exception {
    try (Peer peer = server.connect(0)) {
      for (int i = 0; i < 3; i++) {
        peer.assertEchoes("four\n");
      }
      Eventually.equal(3, "replies", server::replies);
      assertFigure(1, "sounder_connections{" + tcp + ",state=\"open\"}");
      assertFigure(0, "sounder_connections{" + other + ",state=\"open\"}");
      assertFigure(1, "sounder_connections_accepted_total{" + tcp + "}");
      assertFigure(0, "sounder_connections_accepted_total{" + other + "}");
      assertFigure(3, "sounder_messages_total{" + tcp + "}");
      assertFigure(0, "sounder_messages_total{" + other + "}");
      assertFigure(15, "sounder_received_bytes_total{" + tcp + "}");
      assertFigure(15, "sounder_sent_bytes_total{" + tcp + "}");
      assertEquals(
          3,
          figure("sounder_replies_total{by=\"reactor\"," + tcp + "}")
              + figure("sounder_replies_total{by=\"worker\"," + tcp + "}"));
      peer.shutdownOutput();
      peer.readToEnd();
    }
    server.awaitClosed(CloseReason.PEER_CLOSED, 1);
    assertFigure(1, "sounder_connections_closed_total{" + tcp + ",reason=\"peer_closed\"}");
    assertFigure(0, "sounder_connections{" + tcp + ",state=\"open\"}");
  }

  @Test
  void countsDatagramsByListener() throws Exception {
    try (UdpPeer peer = UdpPeer.to(server.endpoint(2))) {
      peer.send("hello");
      assertEquals("hello", peer.receiveText());
    }
    Eventually.equal(1, "replies", server::replies);
    assertFigure(1, "sounder_datagrams_received_total{" + udp + "}");
    assertFigure(0, "sounder_datagrams_dropped_total{" + udp + ",reason=\"malformed\"}");
    assertFigure(1, "sounder_messages_total{" + udp + "}");
  }

  @Test
  void timesEachReply() throws Exception {
    try (Peer peer = server.connect(0)) {
      for (int i = 0; i < 20; i++) {
        peer.assertEchoes("four\n");
      }
      Eventually.equal(20, "replies that were timed", () -> timed(tcp));
    }
    assertEquals(0, timed(other));
    double seconds = figure("sounder_reply_seconds_sum{" + tcp + "}");
    assertTrue(seconds > 0 && seconds < 20, "they took " + seconds + " s together");
    assertTrue(figure("sounder_reactor_cycle_seconds_count") >= 20);
    assertTrue(figure("sounder_reactor_batch_sockets_count") >= 20);
  }

  @Test
  void goesOnWithTheCountsOfWhoeverWasInItsPlace() throws Exception {
    server.counters().ofListener(server.endpoint(1).toString()).onAccepted();
    assertFigure(1, "sounder_connections_accepted_total{" + other + "}");
  }

  @Test
  void saysWhetherItShouldBeSentTraffic() throws Exception {
    assertFigure(1, "sounder_ready");
    assertEquals(200, admin.get("/readyz").statusCode());
    assertEquals("ready\n", admin.get("/readyz").body());
    server.counters().onReadiness(false);
    server.counters().onStopping();
    assertFigure(0, "sounder_ready");
    assertFigure(1, "sounder_stopping");
    HttpResponse<String> draining = admin.get("/readyz");
    assertEquals(503, draining.statusCode());
    assertEquals("not ready: it was asked to stop\n", draining.body());
    assertEquals(200, admin.get("/healthz").statusCode(), "it answers, nevertheless");
  }

  @Test
  void speaksOpenMetricsToWhoeverWantsThat() throws Exception {
    HttpResponse<String> asked = admin.get("/metrics", "Accept", "application/openmetrics-text");
    assertTrue(contentType(asked).startsWith("application/openmetrics-text"), contentType(asked));
    assertTrue(asked.body().endsWith("# EOF\n"));
    assertTrue(contentType(admin.get("/metrics")).startsWith("text/plain"));
  }

  @Test
  void isExplainedInTheGuideAndNothingElseIs() throws Exception {
    Set<String> told = new TreeSet<>();
    Matcher types = TYPE.matcher(scrape());
    while (types.find()) {
      told.add(types.group(1));
    }
    Set<String> explained = new TreeSet<>();
    Matcher names =
        Pattern.compile("`((?:sounder|jvm|process)_[a-z_]+)(?:\\{[a-z,]+})?`").matcher(table());
    while (names.find()) {
      explained.add(names.group(1));
    }
    assertEquals(told, explained);
  }

  @Test
  void satisfiesPromtool() throws Exception {
    Promtool check = Promtool.run(scrape(), "check", "metrics");
    assertEquals(
        List.of(),
        check.said().lines().filter(line -> line.startsWith("sounder")).toList(),
        "what it finds in names and types of ours");
    assertTrue(check.exit() == 0 || check.exit() == 3, check::said); // 3: the JVM's have names too
  }

  /** The part of the guide with the table of metrics. */
  private static String table() throws Exception {
    String guide =
        Files.readString(Path.of(System.getProperty("sounder.root"), "docs", "operations.md"));
    int start = guide.indexOf("\n## Metrics\n");
    assertTrue(start >= 0, "operations.md has no section on metrics");
    return guide.substring(start, guide.indexOf("\n## ", start + 1));
  }

  private long timed(String listener) {
    try {
      return (long) figure("sounder_reply_seconds_count{" + listener + "}");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void assertFigure(double expected, String name) throws Exception {
    assertEquals(expected, figure(name), name);
  }

  private double figure(String name) throws Exception {
    String text = scrape();
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in\n" + text));
  }

  private String scrape() throws Exception {
    return admin.get("/metrics").body();
  }

  private static String contentType(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }
}
