package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ServeProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand connections: as many as there may be, idle, or with peers that do not read. */
@Tag("soak")
@Timeout(600)
class ManyConnectionsIT {
  private static final int MANY = 10_000;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double TICKS_PER_SECOND = 100;

  private final List<Peer> peers = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void leave() throws IOException {
    for (Peer each : peers) {
      each.close();
    }
  }

  @Test
  void closesTheNextThousandWithinASecondEachAndServesTheOthersAsBefore() throws Exception {
    try (ServeProcess serve = serve("", "tcp://127.0.0.1:0?max-connections=" + MANY)) {
      connect(serve, MANY);
      long before = p99(serve, 0);
      long during = p99(serve, 1_000);
      assertEquals(1_000, figure(serve, "connections_refused_total{reason=\"max_connections\"}"));
      assertTrue(during < 2 * before, "p99 " + before + " ns before, " + during + " during");
      long askedNanos = System.nanoTime();
      assertEquals("ok\n", get(serve, "/healthz"));
      assertTrue(System.nanoTime() - askedNanos <= SECOND / 10, "health within 100 ms");
      for (int i = 0; i < 100; i++) {
        peers.remove(0).leave();
      }
      Eventually.equal(MANY - 100, "open", () -> figureOrFail(serve, "connections_open"));
      long beganNanos = System.nanoTime();
      connect(serve, 100);
      peers.get(peers.size() - 1).assertEchoes("welcome");
      assertTrue(System.nanoTime() - beganNanos <= SECOND, "new ones within a second");
    }
  }

  /** Of 2,000 round trips; before each other one some more come than there may be. */
  private long p99(ServeProcess serve, int refused) throws Exception {
    long[] nanos = new long[2_000];
    for (int i = 0; i < nanos.length; i++) {
      if (i % 2 == 0 && i / 2 < refused) {
        long beganNanos = System.nanoTime();
        try (Peer oneTooMany = Peer.connect(serve.endpoint(0))) {
          assertArrayEquals(new byte[0], oneTooMany.readToEnd());
        }
        assertTrue(System.nanoTime() - beganNanos <= SECOND, "closed within a second");
      }
      long beganNanos = System.nanoTime();
      peers.get(i % peers.size()).assertEchoes("hello");
      nanos[i] = System.nanoTime() - beganNanos;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length * 99 / 100];
  }

  @Test
  void usesLessThanAHundredthOfACoreForTenThousandThatAreIdle() throws Exception {
    try (ServeProcess serve = serve("", "tcp://127.0.0.1:0?max-connections=" + (MANY + 1))) {
      connect(serve, MANY);
      Peer active = Peer.connect(serve.endpoint(0));
      peers.add(active);
      double before = cpuSeconds(serve);
      long watchedNanos = 60 * SECOND; // two looks at each
      pause(watchedNanos);
      double cpu = cpuSeconds(serve) - before;
      assertTrue(cpu <= 0.01 * watchedNanos / SECOND, cpu + " s of CPU time in a minute");
      active.assertEchoes("still there");
      assertEquals(MANY + 1, figure(serve, "connections_open"));
    }
  }

  @Test
  void holdsNoMoreThanTheBudgetForTenThousandThatDoNotReadAndServesOneThatDoes() throws Exception {
    String listener = "tcp://127.0.0.1:0?max-connections=11000&sndbuf=16KiB&rcvbuf=64KiB";
    try (ServeProcess serve = serve("-Xmx128m", listener)) {
      long budget = figure(serve, "buffer_budget_bytes");
      assertTrue(budget > 50 << 20 && budget <= 64 << 20, "half of the heap: " + budget);
      Peer good = Peer.connect(serve.endpoint(0));
      peers.add(good);
      List<Peer> deaf = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        Peer peer = Peer.connectWithSmallBuffers(serve.endpoint(0));
        peers.add(peer);
        peer.channel().configureBlocking(false);
        deaf.add(peer);
      }
      long most = 0;
      ByteBuffer chunk = ByteBuffer.allocate(64 << 10);
      long untilNanos = System.nanoTime() + 60 * SECOND;
      for (int round = 0; untilNanos - System.nanoTime() > 0; round++) {
        deaf.forEach(peer -> writeIfOpen(peer, chunk));
        good.assertEchoes("round " + round);
        most = Math.max(most, figure(serve, "buffer_bytes"));
      }
      assertTrue(most <= budget, most + " bytes held");
      assertTrue(most > budget / 2, most + " bytes held are no test of the budget");
      assertTrue(serve.isAlive());
      assertEquals(0, figure(serve, "connections_closed_total{reason=\"internal_error\"}"));
    }
  }

  private static void writeIfOpen(Peer peer, ByteBuffer chunk) {
    try {
      while (peer.channel().write(chunk.clear()) > 0) {}
    } catch (IOException e) {
      assertTrue(peer.channel().isOpen(), "reset, since it held most");
    }
  }

  private static ServeProcess serve(String javaOptions, String listener) throws IOException {
    List<String> prefix =
        javaOptions.isEmpty() ? List.of() : List.of("env", "JAVA_TOOL_OPTIONS=" + javaOptions);
    return ServeProcess.startWith(prefix, "--admin", "127.0.0.1:0", listener).awaitReady();
  }

  private void connect(ServeProcess serve, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      peers.add(Peer.connect(serve.endpoint(0)));
    }
    peers.get(peers.size() - 1).assertEchoes("the last one is in");
  }

  private static void pause(long nanos) {
    long untilNanos = System.nanoTime() + nanos;
    while (untilNanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(untilNanos - System.nanoTime());
    }
  }

  /** User and system time, from the process's stat file (proc(5)). */
  private static double cpuSeconds(ServeProcess serve) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + serve.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private long figureOrFail(ServeProcess serve, String name) {
    try {
      return figure(serve, name);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("the admin page does not answer", e);
    }
  }

  private long figure(ServeProcess serve, String name) throws IOException, InterruptedException {
    return get(serve, "/stats")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private String get(ServeProcess serve, String path) throws IOException, InterruptedException {
    URI uri = URI.create(serve.lines("admin ").get(0) + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
