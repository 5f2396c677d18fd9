package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.Addresses;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ServeProcess;
import io.sounder.server.fixture.UdpPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as users and supervisors see it: what it prints, its signals, its exit codes. */
@Timeout(60)
class ServeIT {
  private static final String ANY = "tcp://127.0.0.1:0";

  @TempDir private Path directory;

  @Test
  void printsWhereItListensAndNothingElse() throws Exception {
    try (ServeProcess serve =
        ServeProcess.start(ANY, "udp://127.0.0.1:0", "--admin", "127.0.0.1:0").awaitReady()) {
      serve.signal("TERM");
      assertEquals(0, serve.awaitExit());
      List<String> out = serve.out();
      assertEquals(4, out.size(), out::toString);
      assertTrue(out.get(0).matches("listening tcp://127\\.0\\.0\\.1:[1-9][0-9]*"), out.get(0));
      assertTrue(out.get(1).matches("listening udp://127\\.0\\.0\\.1:[1-9][0-9]*"), out.get(1));
      assertTrue(out.get(2).matches("admin http://127\\.0\\.0\\.1:[1-9][0-9]*"), out.get(2));
      assertEquals("ready", out.get(3));
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM", "INT"})
  void answersWhatItWasSentAndEndsWithZero(String signal) throws Exception {
    try (ServeProcess serve =
            ServeProcess.start("--admin", "off", ANY + "?framing=line").awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      peer.assertEchoes("before\n");
      peer.send("last\n");
      serve.signal(signal);
      assertEquals("last\n", peer.readTextToEnd());
      peer.leave();
      assertEquals(0, serve.awaitExit());
      assertTrue(serve.err().stream().anyMatch(line -> line.contains("1 accepted")));
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void endsAtOnceOnASecondSignal(String signal, int code) throws Exception {
    try (ServeProcess serve =
            ServeProcess.start("--admin", "off", "--lame-duck", "1h", ANY).awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      serve.signal(signal).awaitError("stopping on signal");
      peer.assertEchoes("a lame duck still serves");
      serve.signal(signal);
      assertEquals(code, serve.awaitExit());
    }
  }

  @Test
  void cutsOffWhoDoesNotLeaveInTimeWithOneWarning() throws Exception {
    try (ServeProcess serve =
            ServeProcess.start("--admin", "off", "--drain-timeout", "200ms", ANY).awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      peer.assertEchoes("here I stay");
      serve.signal("TERM");
      assertEquals(0, serve.awaitExit());
      assertEquals(1, serve.err().stream().filter(line -> line.contains(" WARN ")).count());
    }
  }

  @Test
  void saysHowManyRepliesOverUdpItHasNotWaitedFor() throws Exception {
    String delayed = "udp://127.0.0.1:0?delay=1h&seed=1";
    try (ServeProcess serve =
            ServeProcess.start("--show", "--admin", "off", "--drain-timeout", "200ms", delayed)
                .awaitReady();
        UdpPeer peer = UdpPeer.to(serve.endpoint(0))) {
      peer.send("hello");
      Eventually.isTrue("shown", () -> serve.out().stream().anyMatch(it -> it.contains("hello")));
      serve.signal("TERM");
      assertEquals(0, serve.awaitExit());
      serve.awaitError("dropped 1 replies over UDP that had not ended within the drain time-out");
    }
  }

  @Test
  void logsASummaryWhenItIsAskedTo() throws Exception {
    try (ServeProcess serve = ServeProcess.start("--admin", "off", ANY).awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      peer.assertEchoes("hello");
      serve.signal("USR1").awaitError("so far: 1 connections open, 1 accepted, 1 messages");
    }
  }

  @Test
  void readsArgumentsFromAFileWithComments() throws Exception {
    Path file = directory.resolve("listeners.conf");
    Files.writeString(
        file,
        """
        # a greeting with blanks in it
        tcp://127.0.0.1:0?greeting=hello # is no comment here

        --admin
        off
        --stats 5s
        --drain-timeout=1s
        # the end
        """);
    try (ServeProcess serve = ServeProcess.start("@" + file, ANY).awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      String greeting = "hello # is no comment here";
      assertEquals(greeting, peer.readText(greeting.length()));
      assertEquals(2, serve.lines("listening ").size());
      assertEquals(List.of(), serve.lines("admin "));
    }
  }

  @Test
  void endsAfterAsManyConnectionsAsItWasAsked() throws Exception {
    try (ServeProcess serve =
        ServeProcess.start("--admin", "off", "--exit-after", "2", ANY).awaitReady()) {
      for (int i = 0; i < 2; i++) {
        assertTrue(serve.isAlive());
        try (Peer peer = Peer.connect(serve.endpoint(0))) {
          peer.assertEchoes("hello");
        }
      }
      assertEquals(0, serve.awaitExit());
    }
  }

  @Test
  void showsEachMessageInOneLineEscaped() throws Exception {
    try (ServeProcess serve =
            ServeProcess.start("--admin", "off", "--show", ANY + "?framing=line").awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      peer.assertEchoes("temperature=21.5\n");
      peer.assertEchoes("tab\there \u001b[31mred 连\n");
      Eventually.equal(4, "lines, two of them messages", () -> serve.out().size());
      String me = Addresses.text(peer.channel().getLocalAddress());
      String place = " tcp://127.0.0.1:" + serve.endpoint(0).port() + " " + me + " ";
      String time = "\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d";
      String first = serve.out().get(2);
      assertTrue(first.matches(time + ".*"), first);
      assertTrue(first.endsWith(place + "16 temperature=21.5"), first);
      String second = serve.out().get(3);
      assertTrue(second.contains(place), second);
      assertTrue(second.contains("\\t") && second.contains("\\x1b[31mred"), second);
      serve.signal("TERM");
      peer.leave();
      assertEquals(0, serve.awaitExit());
    }
  }

  @Test
  void tellsItsHealthAndItsCounters() throws Exception {
    try (ServeProcess serve = ServeProcess.start(ANY, "--admin", "127.0.0.1:0").awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      peer.assertEchoes("hello");
      String admin = serve.lines("admin ").get(0);
      assertEquals("ok\n", get(admin + "/healthz", 200));
      String stats = get(admin + "/stats", 200);
      assertTrue(stats.contains("connections_accepted_total 1\n"), stats);
      assertTrue(stats.contains("received_bytes_total 5\n"), stats);
      assertTrue(get(admin + "/", 200).contains("<title>"), "the page for people");
      get(admin + "/statsx", 404);
      HttpResponse<String> posted =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(admin + "/stats"))
                      .POST(HttpRequest.BodyPublishers.ofString("x"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertEquals(405, posted.statusCode());
    }
  }

  @Test
  void warnsOfFaultsAndLetsThemBeChanged() throws Exception {
    try (ServeProcess serve =
            ServeProcess.start(ANY + "?framing=line&drop=100&seed=5", ANY, "--admin", "127.0.0.1:0")
                .awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      String listener = serve.endpoint(0).toString();
      serve.awaitError("WARN  " + listener + " injects faults on purpose: drop=100&seed=5");
      assertEquals(1, serve.err().stream().filter(line -> line.contains("on purpose")).count());
      String faults = serve.lines("admin ").get(0) + "/faults";
      assertEquals(listener + "?drop=100&seed=5\n" + serve.endpoint(1) + "\n", get(faults, 200));
      peer.send("dropped\n");
      HttpResponse<String> changed =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(faults))
                      .PUT(HttpRequest.BodyPublishers.ofString(listener + "\n"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertEquals(listener + "\n", changed.body());
      assertEquals(200, changed.statusCode());
      peer.assertEchoes("hello\n");
      serve.awaitError(listener + " injects no faults any more");
      serve.signal("TERM");
      peer.leave();
      assertEquals(0, serve.awaitExit());
      serve.awaitError("1 faults (drop)");
    }
  }

  @Test
  void goesOnWithoutTheAdminPageWhereItsDefaultPortIsTaken() throws Exception {
    ServerSocket taken = takeIfFree(8880); // if it is not free, somebody else has it: as well
    try (ServeProcess serve = ServeProcess.start(ANY).awaitReady();
        Peer peer = Peer.connect(serve.endpoint(0))) {
      peer.assertEchoes("hello");
      assertEquals(List.of(), serve.lines("admin "));
      serve.awaitError("no admin page: 127.0.0.1:8880: Address already in use");
    } finally {
      if (taken != null) {
        taken.close();
      }
    }
  }

  @Test
  void doesNotServeWhereTheAdminPortThatWasAskedForIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertFails(3, "cannot serve the admin page on " + address, ANY, "--admin", address);
    }
  }

  @Test
  void saysWhyItCannotListen() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "tcp://127.0.0.1:" + taken.getLocalPort();
      assertFails(3, "cannot listen on " + url + ": Address already in use (error 98)", url);
    }
    assertFails(3, "host 'no-such-host.invalid' is not known", "tcp://no-such-host.invalid:0", ANY);
    assertFails(3, "that is not an address of this machine", "tcp://198.51.100.1:0");
    assertFails(2, "needs allow=", "udp://0.0.0.0:0");
    assertFails(2, "needs proxy-from=", "tcp://0.0.0.0:0?proxy-protocol=required");
  }

  @Test
  void asksForNoMoreConnectionsThanThereAreDescriptors() throws Exception {
    try (ServeProcess serve =
        ServeProcess.startWith(
            List.of("prlimit", "--nofile=256:256"),
            ANY + "?max-connections=193",
            "--admin",
            "off")) {
      assertEquals(2, serve.awaitExit());
      assertTrue(serve.err().get(0).contains("the limit of 256 open files"), serve.err()::toString);
      assertEquals(1, serve.err().size());
    }
  }

  @Test
  void lowersTheNumberOfConnectionsToWhatThereIsWithOneWarningWhereNobodyAskedForMore()
      throws Exception {
    try (ServeProcess serve =
        ServeProcess.startWith(List.of("prlimit", "--nofile=256:256"), "--admin", "off", ANY, ANY)
            .awaitReady()) {
      serve.awaitError("the limit of open files leaves each listener 96 connections");
      serve.signal("TERM");
      assertEquals(0, serve.awaitExit());
      assertEquals(1, serve.err().stream().filter(line -> line.contains(" WARN ")).count());
    }
  }

  private static void assertFails(int code, String said, String... arguments) throws Exception {
    try (ServeProcess serve = ServeProcess.start(arguments)) {
      assertEquals(code, serve.awaitExit());
      List<String> errors =
          serve.err().stream().filter(line -> line.startsWith("sounder: ")).toList();
      assertEquals(1, errors.size(), serve.err()::toString);
      assertTrue(errors.get(0).contains(said), errors.get(0));
      assertTrue(serve.err().stream().noneMatch(line -> line.startsWith("\tat ")));
      assertEquals(List.of(), serve.lines("ready"));
    }
  }

  private static ServerSocket takeIfFree(int port) {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      return null;
    }
  }

  private static String get(String url, int status) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    assertEquals(status, response.statusCode());
    return response.body();
  }
}
