package io.sounder.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.script.Script;
import io.sounder.client.net.NanoClock;
import io.sounder.client.report.LoadResult;
import io.sounder.client.report.Progress;
import io.sounder.client.report.Style;
import io.sounder.client.report.Verdict;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LoadCommandTest {
  private static final TestPeer.Behaviour ECHO = (number, request, port) -> port.send(request);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tcp://127.0.0.1:1 --tempo 5; unknown flag '--tempo'",
        "tcp://127.0.0.1:1 --rate 0; --rate 0 is out of range; allowed is 0.001 to 100M",
        "tcp://127.0.0.1:1 --rate -5; --rate: '-5' is not a rate",
        "tcp://127.0.0.1:1 --rate 10G; --rate: '10G' is not a rate",
        "tcp://127.0.0.1:1 --rate 1000M; --rate 1000M is out of range",
        "tcp://127.0.0.1:1 -r 5 --ramp 1:2:3s; --rate and --ramp exclude each other",
        "tcp://127.0.0.1:1 --ramp 1k:50k:30s -d 5s; --ramp takes 30s, longer than --duration 5s",
        "tcp://127.0.0.1:1 --arrivals poisson; --arrivals needs a rate; give --rate too",
        "tcp://127.0.0.1:1 --seed 1; --seed needs a rate with random arrivals",
        "tcp://127.0.0.1:1 -r 5 --arrivals often; is none of uniform, poisson",
        "tcp://127.0.0.1:1?reply=time -r 5; --rate does not go with reply=time over a stream",
        "tcp://127.0.0.1:1 --connect-rate 0; --connect-rate 0 is out of range",
        "tcp://127.0.0.1:1 --requests-per-connection 0; 0 is out of range; give 1 or more",
        "udp://127.0.0.1:1 --requests-per-connection 5; does not go with udp",
        "tcp://127.0.0.1:1 --source-ip here; is not an IP address",
        "unix:///x --source-ip 127.0.0.1; --source-ip does not go with unix",
        "tcp://127.0.0.1:1 -d 5; is not a duration",
        "tcp://127.0.0.1:1 -d 0s; --duration 0s is out of range",
        "tcp://127.0.0.1:1 -c 0; --connections 0 is out of range; allowed is 1 to 1000000",
        "tcp://127.0.0.1:1 -p 0; --pipeline 0 is out of range",
        "tcp://127.0.0.1:1 -c 2 -t 3; --threads 3 is more than --connections 2",
        "tcp://127.0.0.1:1 -s 0; --size 0B sends nothing on a raw stream",
        "tcp://127.0.0.1:1?framing=line -s 65KiB; --size 65KiB is above max-frame=64KiB",
        "udp://127.0.0.1:1 -s 65508; --size 65508B does not fit a datagram; at most 65507B does",
        "udp://127.0.0.1:1?reply=ok -s 65503; at most 65502B does",
        "udp://127.0.0.1:1 -p 2 -s 31; --pipeline 2 over udp needs --size 32B or more",
        "udp://127.0.0.1:1?reply=whoami -p 2; --pipeline 2 does not go with reply=whoami over udp",
        "tcp://127.0.0.1:1?reply=count -p 2; does not go with reply=count on a raw stream",
        "tcp://127.0.0.1:1?reply=text:x -p 2; does not go with reply=text:x on a raw stream",
        "tcp://127.0.0.1:1?close-after=3 -p 2; does not go with close-after on a raw stream",
        "tcp://127.0.0.1:1?close-after=0; close-after=0 leaves no request to answer",
        "tcp://127.0.0.1:1 --progress often; invalid value for option '--progress'",
        "tcp://127.0.0.1:1 --json /nowhere/x; cannot write --json /nowhere/x: there is no such folder",
        "tcp://127.0.0.1:1 --json /; cannot write --json /: it is a folder",
        "tcp://127.0.0.1:1 --json=; --json: give the name of a file, or - for stdout",
        "tcp://127.0.0.1:1 -s 300MiB; --size 300MiB is out of range; allowed is 0B to 256MiB",
      })
  void whatMakesNoSenseIsOneLineAndExitCodeTwo(String line, String message) {
    Load load = Load.run(line.split(" "));
    assertTrue(load.err().contains(message), load.err());
    assertEquals(1, load.err().lines().count(), load.err());
    assertEquals("", load.out());
    assertEquals(2, load.exitCode());
  }

  @ParameterizedTest
  @CsvSource({"tcp://127.0.0.1:1", "unix:///nowhere/s.sock"})
  void noConnectionAtAllIsOneLineAndExitCodeThree(String target) {
    Load load = Load.run(target, "-c", "20");
    assertEquals(1, load.err().lines().count(), load.err());
    assertTrue(load.err().startsWith("sounder: cannot connect to " + target + ": refused: "));
    assertEquals(3, load.exitCode());
  }

  @Test
  void aUdpPortThatNobodyListensOnRefusesAndIsNotFlooded() {
    Load load =
        Load.run("udp://127.0.0.1:1", "-c", "2", "-d", "300ms", "--warmup", "0", "--json", "-");
    assertTrue(load.count("refused") > 0, load.out());
    assertTrue(load.count("sent") < 50, load.out());
    assertEquals(0, load.unaccounted());
    assertEquals(7, load.exitCode());
  }

  @ParameterizedTest
  @CsvSource({"TCP, 1, 1", "TCP, 3, 7", "UNIX, 2, 2", "UDP, 4, 5"})
  void exactlyTheRequestsThatWereAskedForAreSent(Scheme scheme, int threads, int pipeline)
      throws IOException {
    try (TestPeer peer = new TestPeer(scheme, 64, ECHO)) {
      Load load =
          Load.run(
              peer.url(),
              "-c",
              "7",
              "-n",
              "1k",
              "-t",
              "" + threads,
              "-p",
              "" + pipeline,
              "--json",
              "-");
      assertEquals(0, load.exitCode(), load.err());
      assertEquals(1000, load.count("sent"));
      assertEquals(1000, load.count("ok"));
      assertEquals(1000, load.count("planned"));
      assertEquals(0, load.count("unsent"));
      assertEquals(1000, load.json().at("/response_time_ns/count").asLong());
      assertEquals(64_000, load.json().at("/bytes/sent").asLong());
      assertEquals(64_000, load.json().at("/bytes/received").asLong());
    }
  }

  @Test
  void aPeerThatClosesAfterSoManyRepliesIsConnectedToAgain() throws IOException {
    ThreadLocal<Integer> answered = ThreadLocal.withInitial(() -> 0);
    TestPeer.Behaviour closing =
        (number, request, port) -> {
          port.send(request);
          answered.set(answered.get() + 1);
          if (answered.get() == 5) {
            answered.remove();
            port.close(false);
          }
        };
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, closing)) {
      Load load = Load.run(peer.url() + "?close-after=5", "-c", "2", "-n", "100", "--json", "-");
      assertEquals(0, load.exitCode(), load.err());
      assertEquals(100, load.count("ok"));
      assertTrue(load.json().at("/connections/opened").asLong() >= 20, load.out());
    }
  }

  @Test
  void greetingsAreSkipped() throws IOException {
    byte[] greeting = "Hello 1.2.3.4:5\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    try (TestPeer peer = new TestPeer(Scheme.TCP, 65, greeting, ECHO)) {
      Load load =
          Load.run(
              peer.url() + "?framing=line&greeting=Hello {peer}%0A", "-n", "100", "--json", "-");
      assertEquals(0, load.exitCode(), load.err());
      assertEquals(100, load.count("ok"));
    }
  }

  @Test
  void moreUnixConnectionsThanTheBacklogHoldsWaitForTheirTurn() throws IOException {
    try (TestPeer peer = new TestPeer(Scheme.UNIX, 64, ECHO, 1)) {
      Load load = Load.run(peer.url(), "-c", "200", "-n", "400", "--json", "-");
      assertEquals(0, load.exitCode(), load.out() + load.err());
      assertEquals(400, load.count("ok"));
    }
  }

  @ParameterizedTest
  @CsvSource({"TCP", "UDP"})
  void whatIsDiscardedHasARateAndNoLatency(Scheme scheme) throws IOException {
    try (TestPeer peer = new TestPeer(scheme, 64, (number, request, port) -> {})) {
      Load load =
          Load.run(
              peer.url() + "?reply=discard",
              "-c",
              "2",
              "-d",
              "100ms",
              "--warmup",
              "0",
              "--json",
              "-");
      assertEquals(0, load.exitCode(), load.err());
      assertTrue(load.json().at("/rate/achieved").asDouble() > 0);
      assertEquals(0, load.json().at("/response_time_ns/count").asLong());
      assertTrue(load.json().at("/response_time_ns/p50").isNull());
    }
  }

  @Test
  void whatIsUnansweredAtTheEndIsPendingAndCounts() throws IOException {
    TestPeer.Behaviour stuck =
        (number, request, port) -> {
          if (number < 100) {
            port.send(request);
          }
        };
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, stuck)) {
      Load load =
          Load.run(
              peer.url(),
              "-c",
              "3",
              "-p",
              "2",
              "-d",
              "300ms",
              "--warmup",
              "0",
              "--timeout",
              "400ms",
              "--json",
              "-");
      assertEquals(99, load.count("ok"));
      assertEquals(6, load.count("pending"));
      assertTrue(load.count("oldest_pending_ns") >= 400_000_000L, load.out());
      assertEquals(0, load.unaccounted());
      assertEquals("FAILED", load.json().get("verdict").asText());
      assertEquals(7, load.exitCode());
    }
  }

  @Test
  void aWrongReplyInTheWarmUpDecidesAboutTheExitCodeToo() throws IOException {
    TestPeer.Behaviour lying =
        (number, request, port) -> {
          request[40] ^= (byte) (number == 1 ? 1 : 0);
          port.send(request);
        };
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, lying)) {
      Load load = Load.run(peer.url(), "-d", "50ms", "--warmup", "200ms", "--json", "-");
      assertEquals(0, load.count("corrupt"));
      assertEquals(1, load.json().at("/warm_up/corrupt").asLong());
      assertEquals(5, load.exitCode());
    }
  }

  @Test
  void anInterruptedRunReportsWhatThereIs() throws Exception {
    AtomicReference<LoadRun> running = new AtomicReference<>();
    TestPeer.Behaviour interrupting =
        (number, request, port) -> {
          if (number == 100) {
            running.get().interrupt();
          }
          port.send(request);
        };
    try (TestPeer peer = new TestPeer(Scheme.TCP, 64, interrupting)) {
      LoadPlan plan =
          new LoadPlan(
              TargetSpec.parse(peer.url()),
              2,
              TimeUnit.HOURS.toNanos(1),
              LoadPlan.UNLIMITED,
              64,
              1,
              1,
              0,
              TimeUnit.SECONDS.toNanos(5),
              null,
              ConnectionLife.DEFAULT,
              null,
              Script.EMPTY);
      running.set(new LoadRun(plan, NanoClock.SYSTEM, Progress.NONE));
      LoadResult result =
          CompletableFuture.supplyAsync(() -> execute(running.get())).get(10, TimeUnit.SECONDS);
      assertTrue(result.interrupted());
      assertTrue(result.measured().ok() >= 99, "ok " + result.measured().ok());
      assertTrue(result.measured().isBalanced());
      Verdict verdict = Verdict.of(result, Style.PLAIN);
      assertEquals(130, verdict.exitCode());
      assertEquals("VALID", verdict.word());
    }
  }

  private static LoadResult execute(LoadRun run) {
    try {
      return run.execute();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
