package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.rate.ArrivalProcess;
import io.sounder.client.load.rate.RateProfile;
import io.sounder.client.load.script.Script;
import io.sounder.client.load.stats.Interval;
import io.sounder.client.load.stats.Latencies;
import io.sounder.client.net.NanoClock;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.report.LoadResult;
import io.sounder.client.report.Progress;
import io.sounder.client.report.Style;
import io.sounder.client.report.Verdict;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.systems.OurServer;
import io.sounder.systems.Program;
import io.sounder.systems.Programs;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A load test goes on while its server is stopped, killed, started again. */
class TroubledServerIT {
  private static final int CONNECTIONS = 50;
  private static final long MILLI = 1_000_000L;

  /** What is done to the server after each second of the measurement. */
  private interface Trouble {
    void after(int seconds) throws IOException, InterruptedException;
  }

  private static Program serve(String listener) throws IOException {
    return Program.start(Programs.serve(listener, "--admin", "off", "--stats", "off"));
  }

  private static LoadResult load(
      String target, int rate, int seconds, int timeoutMillis, Trouble trouble)
      throws InterruptedException {
    return load(target, rate, seconds, LoadPlan.UNLIMITED, timeoutMillis, trouble);
  }

  private static LoadResult load(
      String target, int rate, int seconds, long requests, int timeoutMillis, Trouble trouble)
      throws InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            TargetSpec.parse(target),
            CONNECTIONS,
            seconds * 1000L * MILLI,
            requests,
            64,
            1,
            1,
            500 * MILLI,
            timeoutMillis * MILLI,
            new Pace(RateProfile.constant(rate), ArrivalProcess.UNIFORM, 1),
            ConnectionLife.DEFAULT,
            null,
            Script.EMPTY);
    return new LoadRun(plan, NanoClock.SYSTEM, new Troublemaker(trouble)).execute();
  }

  /**
   * Stopped three times, for odd times: each request that fell due in a stop has waited for what
   * was left of it, so that their response times are spread evenly over its length.
   */
  @Test
  void whatFellDueInAStopIsSpreadOverItsLength() throws Exception {
    int[] stops = {0, 370, 230, 510};
    try (Program server = serve("tcp://127.0.0.1:0")) {
      String target = OurServer.listening(server).get(0);
      LoadResult result =
          load(
              target,
              1000,
              6, // the last request is due long before, so that a late client sends it too
              5000,
              5000,
              second -> {
                if (second < stops.length && stops[second] > 0) {
                  server.signal("STOP");
                  resume(server, stops[second]);
                }
              });
      assertEquals(5000, result.planned());
      assertEquals(5000, result.measured().ok(), () -> result.measured().errors().toString());
      Latencies response = result.timings().response();
      assertEquals(5000, response.count());
      assertEquals(0, result.timings().responseLowerBounds());
      assertTrue(response.maxNanos() >= 509 * MILLI, "max " + response.maxNanos());
      // Of 1,000 requests/s, each 100 ms of a stop's length has 100, from each stop that is so
      // long.
      assertTrue(between(response, 100, 200) >= 150, "of some 300");
      assertTrue(between(response, 200, 300) >= 100, "of some 230");
      assertTrue(between(response, 300, 400) >= 60, "of some 170");
      assertTrue(between(response, 400, 500) >= 40, "of some 100");
      long slowServices = result.timings().service().countBetween(100 * MILLI, 3_600_000 * MILLI);
      assertTrue(slowServices <= 3 * CONNECTIONS, "one in flight on each: " + slowServices);
    }
  }

  private static long between(Latencies latencies, long fromMillis, long toMillis) {
    return latencies.countBetween(fromMillis * MILLI, toMillis * MILLI);
  }

  private static void resume(Program server, int afterMillis) {
    CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS)
        .execute(() -> signal(server, "CONT"));
  }

  private static void signal(Program server, String name) {
    try {
      server.signal(name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatAStopAtTheEndLeavesUnansweredIsPendingAndCounts() throws Exception {
    Program server = serve("tcp://127.0.0.1:0");
    try {
      String target = OurServer.listening(server).get(0);
      LoadResult result =
          load(
              target,
              1000,
              3,
              500,
              second -> {
                if (second == 2) {
                  server.signal("STOP");
                }
              });
      long pending = result.measured().pending() + result.measured().failed();
      assertTrue(result.measured().pending() > 0, "pending");
      assertTrue(pending <= 3 * CONNECTIONS, "one in flight on each, and its successors");
      assertEquals(result.planned(), result.measured().sent() + result.unsent());
      assertTrue(result.unsent() > 100, "unsent " + result.unsent());
      assertTrue(result.timings().responseLowerBounds() >= result.unsent());
      assertTrue(result.timings().response().maxNanos() > 500 * MILLI);
      assertTrue(result.counts().oldestPendingNanos() > 500 * MILLI);
      assertEquals(7, Verdict.of(result, Style.PLAIN).exitCode());
    } finally {
      server.signal("KILL");
      server.close();
    }
  }

  @Test
  void aServerThatIsKilledAndStartedAgainIsConnectedToAgain() throws Exception {
    Program first = serve("tcp://127.0.0.1:0");
    String target = OurServer.listening(first).get(0);
    Program[] second = {null};
    try {
      LoadResult result =
          load(
              target,
              1000,
              6,
              2000,
              elapsed -> {
                if (elapsed == 1) {
                  first.signal("KILL");
                } else if (elapsed == 2) {
                  second[0] = serve(target);
                  OurServer.listening(second[0]);
                }
              });
      long broken =
          result.measured().error(ErrorClass.RESET)
              + result.measured().error(ErrorClass.CLOSED_EARLY);
      // A dying process's connections are closed one by one, and its listener among them: who was
      // closed before it may be let in once more.
      assertTrue(broken <= 2 * CONNECTIONS, "one in flight on each, and its successor: " + broken);
      assertTrue(
          result.connections().errors().getOrDefault(ErrorClass.REFUSED, 0L) > 0,
          () -> result.connections().errors().toString());
      assertTrue(result.measured().isBalanced());
      assertTrue(result.connections().opened() >= 2 * CONNECTIONS, "all are opened again");
      assertEquals(result.planned(), result.measured().sent() + result.unsent());
      assertTrue(result.measured().ok() > 5000, "ok " + result.measured().ok());
      assertTrue(result.timings().response().maxNanos() > 500 * MILLI, "it was away for a second");
      assertEquals(7, Verdict.of(result, Style.PLAIN).exitCode());
    } finally {
      first.close();
      if (second[0] != null) {
        second[0].close();
      }
    }
  }

  /** Counts the seconds of the measurement, and does what is to be done after each. */
  private static final class Troublemaker implements Progress {
    private final Trouble trouble;
    private int seconds;

    Troublemaker(Trouble trouble) {
      this.trouble = trouble;
    }

    @Override
    public long intervalNanos() {
      return 1000 * MILLI;
    }

    @Override
    public void connecting(int open, int asked) {}

    @Override
    public void interval(Interval interval) {
      if (interval.warmUp()) {
        return;
      }
      seconds++;
      try {
        trouble.after(seconds);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void finish() {}
  }
}
