package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.LogRecorder;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.supervise.Supervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file is read again when that is asked for: what it says is followed, or why not is said. */
@Timeout(30)
class ReloadsTest {
  private static final String TCP = "tcp://127.0.0.1:0";

  @TempDir private Path directory;

  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicReference<Configuration> followed = new AtomicReference<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Supervisor supervisor = new Listening();
  private Path file;

  /** Writes down what the supervisor is told. */
  private final class Listening implements Supervisor {
    @Override
    public void ready(String status) {
      told.add("ready: " + status);
    }

    @Override
    public void watch(RoundTrip reactor) {}

    @Override
    public void reloading() {
      told.add("reloading");
    }

    @Override
    public void stopping(String status) {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("serve.conf");
  }

  @Test
  void followsTheFile() throws Exception {
    try (LogRecorder log = LogRecorder.of(Reloads.class);
        RunningServer server = RunningServer.on(TCP)) {
      Reloads reloads = reloads(server, TCP);
      Files.writeString(file, TCP + "?reply=text:new\n--drain-timeout 3s\n");
      reloads.request();
      awaitDone(server, 1);
      try (Peer peer = server.connect()) {
        peer.send("a");
        assertEquals("new", peer.readText(3));
      }
      Eventually.isTrue("said", () -> !log.lines(Level.INFO).isEmpty());
      assertEquals(List.of("reloaded: 0 added, 0 removed, 1 changed, 0 unchanged"), log.lines());
      assertEquals(3_000_000_000L, followed.get().server().drainTimeoutNanos());
      assertTrue(server.server().stats().contains("last_reload_ok 1\n"));
      Eventually.equal(2, "words to the supervisor", told::size);
      assertEquals(List.of("reloading", "ready: serving 1 listeners"), told);
    }
  }

  @Test
  void changesNothingWhereTheFileIsWrongAndSaysWhereInOneLine() throws Exception {
    try (LogRecorder log = LogRecorder.of(Reloads.class);
        RunningServer server = RunningServer.on(TCP)) {
      Reloads reloads = reloads(server, TCP);
      Files.writeString(file, "\n" + TCP + "?reply=ok\n" + "tcp://127.0.0.1:0?framming=line\n");
      reloads.request();
      awaitFailed(server, 1);
      Files.writeString(file, TCP + "?reply=ok\nudp://0.0.0.0:0\n");
      reloads.request();
      awaitFailed(server, 2);
      Eventually.equal(2, "lines", () -> log.lines(Level.ERROR).size());
      String said = "not reloaded, and nothing was changed: " + file;
      assertTrue(log.lines().get(0).startsWith(said + ":3: tcp://"), log.lines()::toString);
      assertTrue(log.lines().get(0).contains("did you mean framing?"), log.lines()::toString);
      assertTrue(
          log.lines().get(1).startsWith(said + ":2: udp://0.0.0.0:0"), log.lines()::toString);
      try (Peer peer = server.connect()) {
        peer.assertEchoes("as before");
      }
      assertTrue(server.server().stats().contains("reloads_total{outcome=\"failed\"} 2\n"));
      assertTrue(server.server().stats().contains("last_reload_ok 0\n"));
    }
  }

  /** An editor that has truncated it, or a disk that is full. */
  @Test
  void takesNoFileWithoutAListenerForTheDefaultOnes() throws Exception {
    try (LogRecorder log = LogRecorder.of(Reloads.class);
        RunningServer server = RunningServer.on(TCP)) {
      Reloads reloads = reloads(server, TCP);
      Files.writeString(file, "# nothing yet\n--drain-timeout 3s\n");
      reloads.request();
      awaitFailed(server, 1);
      Eventually.equal(1, "lines", () -> log.lines(Level.ERROR).size());
      assertTrue(log.lines().get(0).contains("there is no listener"), log.lines()::toString);
      try (Peer peer = server.connect()) {
        peer.assertEchoes("as before");
      }
    }
  }

  @Test
  void namesTheOptionsThatOnlyARestartChanges() throws Exception {
    try (LogRecorder log = LogRecorder.of(Reloads.class);
        RunningServer server = RunningServer.on(TCP)) {
      Reloads reloads = reloads(server, TCP, "--admin off");
      Files.writeString(file, TCP + "\n--workers 7\n--stats 1s\n--admin 127.0.0.1:0\n--show\n");
      reloads.request();
      awaitDone(server, 1);
      Eventually.equal(1, "lines", () -> log.lines(Level.WARN).size());
      assertEquals(
          "--workers, --admin, --show will be as the file says after a restart;"
              + " until then what was there at the start holds",
          log.lines(Level.WARN).get(0));
    }
  }

  @Test
  void readsOnceMoreAfterwardsHoweverOftenItIsAskedMeanwhile() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    try (LogRecorder log = LogRecorder.of(Reloads.class);
        RunningServer server = RunningServer.on(TCP)) {
      Configuration same = configuration(TCP);
      Reloads reloads =
          new Reloads(
              same,
              () -> {
                reads.incrementAndGet();
                begun.countDown();
                awaitUninterrupted(goOn);
                return same;
              },
              server.server(),
              stopping::get,
              supervisor,
              followed::set);
      reloads.request();
      begun.await();
      for (int i = 0; i < 5; i++) {
        reloads.request();
      }
      goOn.countDown();
      awaitDone(server, 2);
      Eventually.equal(2, "lines", () -> log.lines().size());
      assertEquals(2, reads.get());
    }
  }

  @Test
  void doesNothingWhenTheServiceIsStopping() throws Exception {
    try (LogRecorder log = LogRecorder.of(Reloads.class);
        RunningServer server = RunningServer.on(TCP)) {
      stopping.set(true);
      reloads(server, TCP).request();
      Eventually.equal(1, "lines", () -> log.lines().size());
      assertEquals("not reloaded: the service is stopping", log.lines().get(0));
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Reloads reloads(RunningServer server, String... lines) throws Exception {
    Configuration started = configuration(lines);
    return new Reloads(
        started,
        () -> ServeCommand.readAgain(started.arguments()),
        server.server(),
        stopping::get,
        supervisor,
        followed::set);
  }

  private Configuration configuration(String... lines) throws Exception {
    Files.write(file, List.of(lines));
    return ServeCommand.readAgain(Arguments.read(new String[] {"@" + file}));
  }

  private static void awaitDone(RunningServer server, long count) {
    Eventually.equal(count, "reloads", () -> server.counters().reloads().done());
  }

  private static void awaitFailed(RunningServer server, long count) {
    Eventually.equal(count, "failed reloads", () -> server.counters().reloads().failed());
  }
}
