package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.server.fixture.Certificates;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ServeProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reloaded again and again while it is busy: nobody notices, and nothing is left behind. */
class ReloadIT {
  private static final int RELOADS = Integer.getInteger("sounder.reloads", 12);
  private static final int TALKERS = 4;

  @TempDir private Path directory;

  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicLong echoes = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final Queue<Exception> troubles = new ConcurrentLinkedQueue<>();

  @Test
  @Timeout(300)
  void dropsNobodyAndLeavesNoDescriptorBehind() throws Exception {
    Path file = directory.resolve("serve.conf");
    write(file, 0);
    try (ServeProcess serve = ServeProcess.start("@" + file).awaitReady()) {
      reload(serve, file, 1); // what is made once, is made
      long before = descriptors(serve);
      List<Thread> load = load(serve);
      for (int i = 2; i <= RELOADS + 1; i++) {
        reload(serve, file, i);
      }
      enough.set(true);
      for (Thread each : load) {
        each.join();
      }
      reload(serve, file, 1 + 2 * RELOADS); // odd, as the first was: with the same listeners
      assertTrue(troubles.isEmpty(), troubles::toString);
      assertTrue(echoes.get() > RELOADS, () -> "only " + echoes + " echoes");
      Eventually.equal(before, "descriptors", () -> descriptors(serve));
      String stats = get(serve, "/stats");
      assertTrue(stats.contains("reloads_total{outcome=\"ok\"} " + (RELOADS + 2)), stats);
      String config = get(serve, "/config");
      assertTrue(config.contains("--drain-timeout 2s\n"), config);
      assertTrue(config.contains("# which is at " + serve.endpoint(0) + "\n"), config);
    }
  }

  @Test
  @Timeout(60)
  void readsCertificatesAgainAlsoWithoutAFile() throws Exception {
    try (ServeProcess serve =
        ServeProcess.start("--admin", "off", Certificates.listener("")).awaitReady()) {
      serve.signal("HUP");
      serve.awaitError(
          "reloaded, without a file on the command line: 0 added, 0 removed, 0 changed, 1 unchanged;"
              + " certificates read: 1");
    }
  }

  /** One that stays, one that changes each time, TLS, and one that comes and goes. */
  private void write(Path file, int round) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "--admin 127.0.0.1:0",
                "--drain-timeout 2s",
                "tcp://127.0.0.1:0",
                "tcp://127.0.0.1:0?framing=line&idle-timeout=" + (100 + round) + "s",
                Certificates.listener("")));
    if (round % 2 == 0) {
      lines.add("unix://" + directory.resolve("s.sock"));
      lines.add("udp://127.0.0.1:0");
    }
    Files.write(file, lines);
  }

  private void reload(ServeProcess serve, Path file, int round) throws Exception {
    long before = reloaded(serve);
    write(file, round);
    serve.signal("HUP");
    Eventually.equal(before + 1, "reloads", () -> reloaded(serve));
  }

  private static long reloaded(ServeProcess serve) {
    return serve.err().stream().filter(line -> line.contains("reloaded: ")).count();
  }

  private List<Thread> load(ServeProcess serve) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2 * TALKERS; i++) {
      Endpoint endpoint = serve.endpoint(i % 3);
      boolean stays = i < TALKERS;
      Thread thread = new Thread(() -> talk(endpoint, stays), "talker-" + i);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private void talk(Endpoint endpoint, boolean stays) {
    try {
      while (!enough.get()) {
        try (Peer peer = Peer.connect(endpoint)) {
          connections.incrementAndGet();
          do {
            peer.assertEchoes("hello\n");
            echoes.incrementAndGet();
          } while (stays && !enough.get());
          peer.leave();
        }
      }
    } catch (IOException | RuntimeException e) {
      troubles.add(e);
    }
  }

  private static long descriptors(ServeProcess serve) {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + serve.pid() + "/fd"))) {
      return all.count();
    } catch (IOException e) {
      return -1;
    }
  }

  private static String get(ServeProcess serve, String path) throws Exception {
    URI uri = URI.create(serve.lines("admin ").get(0) + path);
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode());
    return response.body();
  }
}
