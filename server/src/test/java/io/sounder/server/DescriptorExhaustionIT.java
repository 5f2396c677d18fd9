package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.AdminPage;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ServeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that the system gives no more descriptors, with clients in the queue. */
@Timeout(60)
class DescriptorExhaustionIT {
  private static final int LIMIT = 256;
  private static final int CLIENTS = 1_000;
  private static final long WATCHED_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final double TICKS_PER_SECOND = 100;

  @Test
  void pausesAcceptingServesThoseItHasAndRecovers() throws Exception {
    List<Peer> clients = new ArrayList<>();
    try (ServeProcess serve =
        ServeProcess.start("--admin", "127.0.0.1:0", "tcp://127.0.0.1:0").awaitReady()) {
      AdminPage admin = new AdminPage(serve);
      admin.figure("accept_pauses_total");
      limitDescriptors(serve); // now, for at its start it would have taken this into account
      Peer first = connect(serve, clients);
      first.assertEchoes("before");
      for (int i = 1; i < CLIENTS; i++) {
        connect(serve, clients);
      }
      Eventually.isTrue("a pause", () -> admin.figure("accept_pauses_total") > 0);

      long pausesBefore = admin.figure("accept_pauses_total");
      double cpuBefore = cpuSeconds(serve);
      first.assertEchoes("served as before");
      long untilNanos = System.nanoTime() + WATCHED_NANOS;
      while (untilNanos - System.nanoTime() > 0) {
        LockSupport.parkNanos(untilNanos - System.nanoTime());
      }
      long attempts = admin.figure("accept_pauses_total") - pausesBefore;
      double cpu = cpuSeconds(serve) - cpuBefore;
      assertTrue(attempts > 0 && attempts <= 40, attempts + " attempts in 2 s");
      assertTrue(cpu <= 0.4, cpu + " s of CPU time in 2 s");
      first.assertEchoes("still served");
      assertEquals(
          1,
          serve.err().stream().filter(line -> line.contains("cannot accept on")).count(),
          "one warning for all of them");

      for (int i = 1; i < CLIENTS; i++) {
        clients.get(i).leave();
      }
      try (Peer next = Peer.connect(serve.endpoint(0))) {
        next.assertEchoes("recovered");
      }
      first.assertEchoes("to the end");
    } finally {
      for (Peer client : clients) {
        client.leave();
      }
    }
  }

  private static Peer connect(ServeProcess serve, List<Peer> clients) throws IOException {
    Peer client = Peer.connect(serve.endpoint(0));
    clients.add(client);
    return client;
  }

  private static void limitDescriptors(ServeProcess serve) throws Exception {
    String[] command = {
      "prlimit", "--pid", Long.toString(serve.pid()), "--nofile=" + LIMIT + ":" + LIMIT
    };
    assertEquals(0, new ProcessBuilder(command).start().waitFor());
  }

  /** User and system time, from the process's stat file (proc(5)). */
  private static double cpuSeconds(ServeProcess serve) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + serve.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }
}
