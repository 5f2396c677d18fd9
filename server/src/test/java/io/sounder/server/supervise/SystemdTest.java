package io.sounder.server.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.Server;
import io.sounder.server.ServerOptions;
import io.sounder.server.fixture.BlockingCalls;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.LogRecorder;
import io.sounder.server.fixture.Peer;
import io.sounder.server.metrics.Counters;
import io.sounder.server.watch.StallPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class SystemdTest {
  private static final long LONG_NANOS = TimeUnit.HOURS.toNanos(1);

  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

  @Test
  void isToldInTheOrderOfTheCallsAndOnceOfTheEnd() {
    Systemd systemd = new Systemd(this::record, WatchdogPeriod.NONE);
    systemd.ready("serving");
    systemd.reloading();
    systemd.ready("serving more");
    systemd.stopping("draining");
    systemd.stopping("ending");
    systemd.reloading();
    systemd.ready("a reload that came too late");
    systemd.close();
    systemd.reloading();
    assertEquals(
        List.of(
            "READY=1 STATUS=serving",
            "RELOADING=1 STATUS=reading the configuration again",
            "READY=1 STATUS=serving more",
            "STOPPING=1 STATUS=draining"),
        sent);
  }

  @Test
  void hearsOfLifeOnlyWhileTheReactorAnswers() {
    Systemd systemd = new Systemd(this::record, LONG_NANOS);
    systemd.beat(timeout -> true);
    systemd.beat(timeout -> false);
    assertEquals(List.of("WATCHDOG=1"), sent);
    systemd.beat(timeout -> timeout == TimeUnit.SECONDS.toNanos(1)); // and is not waited for longer
    assertEquals(List.of("WATCHDOG=1", "WATCHDOG=1"), sent);
    systemd.close();
  }

  @Test
  void hearsNothingWhileTheReactorOfARealServerStandsStill() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Server server = serverThatStandsStillUntil(release);
    Systemd systemd = new Systemd(this::record, TimeUnit.MILLISECONDS.toNanos(200));
    try (Peer peer = Peer.connect(server.endpoints().get(0))) {
      systemd.beat(server::isHealthy);
      assertEquals(List.of("WATCHDOG=1"), sent);
      peer.send("!");
      Eventually.isTrue("stuck", () -> server.counters().stuckThreads() == 1);
      systemd.beat(server::isHealthy);
      assertEquals(List.of("WATCHDOG=1"), sent);
      release.countDown();
      assertEquals("!", peer.readText(1));
      systemd.beat(server::isHealthy);
      assertEquals(List.of("WATCHDOG=1", "WATCHDOG=1"), sent);
    } finally {
      release.countDown();
      server.stop();
      systemd.close();
      BlockingCalls.take(); // for once, that was on purpose
    }
  }

  /** One whose reactor does all the work, so that an observer who waits stops it. */
  private static Server serverThatStandsStillUntil(CountDownLatch release) throws Exception {
    ServerOptions options =
        ServerOptions.of(ListenerSpec.parse("tcp://127.0.0.1:0")).withWorkers(0);
    long warnNanos = TimeUnit.MILLISECONDS.toNanos(50);
    return Server.start(
        options,
        new Counters(),
        (listener, peer, message) -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        new StallPolicy(warnNanos, 100 * warnNanos, 1000 * warnNanos, finding -> {}));
  }

  @Test
  void hearsOfLifeAgainAndAgain() {
    Systemd systemd = new Systemd(this::record, TimeUnit.MILLISECONDS.toNanos(1));
    systemd.watch(timeout -> true);
    Eventually.isTrue("three signs of life", () -> sent.size() >= 3);
    systemd.close();
    assertEquals(List.of("WATCHDOG=1"), sent.stream().distinct().toList());
  }

  @Test
  void hearsNothingOfLifeUnlessItAsked() {
    Systemd systemd = new Systemd(this::record, WatchdogPeriod.NONE);
    systemd.watch(timeout -> true);
    systemd.ready("serving");
    systemd.close();
    assertEquals(List.of("READY=1 STATUS=serving"), sent);
  }

  @Test
  void isWarnedOfOnceWhenItCannotBeTold() {
    try (LogRecorder log = LogRecorder.of(Systemd.class)) {
      Systemd systemd = new Systemd(new NotifyProgram("/nowhere/systemd-notify"), 0);
      systemd.ready("serving");
      systemd.stopping("draining");
      systemd.close();
      assertEquals(1, log.lines(Level.WARN).size(), log.lines()::toString);
      assertTrue(
          log.lines().get(0).contains("install systemd's tools, or say Type=exec"),
          log.lines()::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({"/bin/false, ended with 1", "/bin/true, "})
  void isTakenAsToldIfTheProgramSaysSo(String program, String failure) throws Exception {
    String seen = null;
    try {
      new NotifyProgram(program).send("READY=1");
    } catch (IOException e) {
      seen = e.getMessage();
    }
    assertEquals(failure != null, seen != null, seen);
    assertTrue(failure == null || seen.contains(failure), seen);
  }

  @Test
  void doesNotHoldUpTheEndWhenItIsStuck() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Systemd systemd =
        new Systemd(
            assignments -> {
              try {
                new CountDownLatch(1).await();
              } finally {
                interrupted.countDown();
              }
            },
            WatchdogPeriod.NONE);
    systemd.stopping("draining");
    systemd.close();
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
  }

  @Test
  void isNobodyWithoutASocketToTell() {
    assertSame(Supervisor.NONE, Supervisor.of(Map.of(), 1));
    assertSame(Supervisor.NONE, Supervisor.of(Map.of("NOTIFY_SOCKET", ""), 1));
    assertEquals(
        Systemd.class, Supervisor.of(Map.of("NOTIFY_SOCKET", "/run/notify"), 1).getClass());
  }

  @ParameterizedTest
  @CsvSource({
    "3000000, 42, 1500000000",
    "3000000, '', 1500000000",
    "3000000, 41, 0",
    "'', '', 0",
    "0, '', 0",
    "-1, '', 0",
    "soon, '', 0"
  })
  void wantsToHearOfLifeTwiceInTheTimeAfterWhichItWouldAct(
      String micros, String asked, long expectedNanos) {
    assertEquals(
        expectedNanos,
        WatchdogPeriod.nanos(Map.of("WATCHDOG_USEC", micros, "WATCHDOG_PID", asked), 42));
  }

  private void record(String... assignments) {
    sent.add(String.join(" ", assignments));
  }
}
