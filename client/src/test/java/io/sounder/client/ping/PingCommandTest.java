package io.sounder.client.ping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.DatagramServer;
import io.sounder.client.fixture.Run;
import io.sounder.client.fixture.StreamServer;
import io.sounder.client.fixture.StreamServer.Peer;
import io.sounder.client.fixture.StreamServer.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PingCommandTest {
  private static final String FAST = "--interval=20ms";
  private static final int PING_BYTES = 40;

  @ParameterizedTest
  @EnumSource
  void printsALineForEachEchoAndSumsUp(Transport transport) throws IOException {
    try (StreamServer server = StreamServer.start(transport, Peer::echo)) {
      String out = Run.of("ping", server.target(), "-n", "3", FAST).succeeded();

      assertEquals(3, linesWith(out, "40 bytes from .*: seq=[123] time=[0-9.]+ ms"), out);
      assertSummary(out, "3 sent, 3 received, 0.0% loss, 0 duplicates, 0 out of order, 0 wrong");
      assertEquals(1, linesWith(out, "rtt min/avg/max/mdev = [0-9.]+(/[0-9.]+){3} ms"), out);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "framing=line&reply=ok",
        "framing=line&reply=count",
        "framing=line&reply=replace:sounder:SOUNDER",
        "reply=ok",
        "reply=text:hi {n}!",
      })
  void understandsWhatTheKeyReplySays(String keys) throws IOException {
    try (StreamServer server = StreamServer.tcp(peer -> answer(peer, keys))) {
      String out = Run.of("ping", server.target() + "?" + keys, "-n", "3", FAST).succeeded();

      assertSummary(out, "3 sent, 3 received, 0.0% loss");
    }
  }

  private static void answer(Peer peer, String keys) throws IOException {
    int number = 1;
    for (String ping = readPing(peer, keys); !ping.isEmpty(); ping = readPing(peer, keys)) {
      peer.send(
          keys.contains("count")
              ? "You entered 40 characters. \n"
              : keys.contains("text")
                  ? "hi " + number + "!"
                  : keys.contains("ok") ? "OK..." + ping : ping.replace("sounder", "SOUNDER"));
      number++;
    }
  }

  /** One ping, however many a read would give; empty at the end. */
  private static String readPing(Peer peer, String keys) throws IOException {
    int length = keys.contains("framing=line") ? PING_BYTES + 1 : PING_BYTES;
    return new String(peer.in().readNBytes(length), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?framing=length", "?framing=line"})
  void worksOverUdpToo(String keys) throws IOException {
    try (DatagramServer server = DatagramServer.echo()) {
      String out = Run.of("ping", server.target() + keys, "-n", "3", FAST).succeeded();

      assertSummary(out, "3 sent, 3 received, 0.0% loss");
    }
  }

  @Test
  void aSecondAnswerIsADuplicate() throws IOException {
    try (DatagramServer server =
        DatagramServer.start((datagram, number) -> List.of(datagram, datagram))) {
      String out = Run.of("ping", server.target(), "-n", "2", FAST).succeeded();

      assertEquals(2, linesWith(out, ".*\\(DUP!\\)"), out);
      assertSummary(out, "2 sent, 2 received, 0.0% loss, 2 duplicates");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?framing=line"})
  void aSecondAnswerOnAStreamIsADuplicateAndWrong(String keys) throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              for (String ping = readPing(peer, keys);
                  !ping.isEmpty();
                  ping = readPing(peer, keys)) {
                peer.send(ping + ping);
              }
            })) {
      Run run = Run.of("ping", server.target() + keys, "-n", "3", FAST);

      assertEquals(5, run.exitCode(), run.out());
      assertSummary(
          run.out(), "3 sent, 3 received, 0.0% loss, 3 duplicates, 0 out of order, 0 wrong");
    }
  }

  @Test
  void answersThatOvertakeEachOtherAreOutOfOrder() throws IOException {
    AtomicReference<byte[]> held = new AtomicReference<>();
    try (DatagramServer server =
        DatagramServer.start(
            (datagram, number) -> {
              byte[] first = held.getAndSet(datagram);
              return number == 1 ? List.of() : List.of(datagram, first);
            })) {
      String out = Run.of("ping", server.target(), "-n", "2", FAST).succeeded();

      assertEquals(1, linesWith(out, ".*seq=1 time=.*\\(out of order\\)"), out);
      assertSummary(out, "2 sent, 2 received, 0.0% loss, 0 duplicates, 1 out of order");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?framing=line"})
  void anAnswerThatIsNotTheMessageIsWrong(String keys) throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.send(readPing(peer, keys));
              peer.send(readPing(peer, keys).replace("ping", "p\u001bng"));
              peer.echo();
            })) {
      Run run = Run.of("ping", server.target() + keys, "-n", "3", FAST);

      assertEquals(5, run.exitCode(), run.out());
      assertEquals(1, linesWith(run.out(), ".*WRONG.*p\\\\x1bng.*"), run.out());
      assertSummary(
          run.out(), "3 sent, 2 received, 33.3% loss, 0 duplicates, 0 out of order, 1 wrong");
    }
  }

  @Test
  void anAnswerToSomebodyElsesPingIsWrong() throws IOException {
    byte[] alien = "sounder ping 0123456789abcdef 0000000001".getBytes(UTF_8);
    try (DatagramServer server =
        DatagramServer.start((datagram, number) -> List.of(alien, datagram))) {
      Run run = Run.of("ping", server.target(), "-n", "1", FAST);

      assertEquals(5, run.exitCode());
      assertSummary(
          run.out(), "1 sent, 1 received, 0.0% loss, 0 duplicates, 0 out of order, 1 wrong");
    }
  }

  @Test
  void someLossIsNoFailureButNothingBackIs() throws IOException {
    try (DatagramServer lossy =
        DatagramServer.start((datagram, number) -> number == 2 ? List.of() : List.of(datagram))) {
      assertSummary(
          Run.of("ping", lossy.target(), "-n", "3", FAST).succeeded(),
          "3 sent, 2 received, 33.3% loss");
    }
    String gone;
    try (DatagramServer server = DatagramServer.echo()) {
      gone = server.target();
    }

    Run run = Run.of("ping", gone, "-n", "2", FAST);

    assertEquals(7, run.exitCode());
    assertEquals(2, linesWith(run.out(), "seq=[12] refused \\(ICMP port unreachable\\)"));
    assertSummary(run.out(), "2 sent, 0 received, 100.0% loss");
  }

  @Test
  void connectsAgainWhereTheServerClosesAfterSoManyMessages() throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.send(readPing(peer, ""));
              peer.send(readPing(peer, ""));
            })) {
      String out = Run.of("ping", server.target() + "?close-after=2", "-n", "5", FAST).succeeded();

      assertSummary(out, "5 sent, 5 received");
      assertEquals(3, server.accepted());
    }
  }

  @Test
  void aConnectionThatIsUsedUpIsSentNothingMore() throws IOException {
    Set<String> late = ConcurrentHashMap.newKeySet();
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.send(readPing(peer, ""));
              late.add(peer.readWithin(Duration.ofMillis(200)));
            })) {
      Run.of("ping", server.target() + "?close-after=1", "-n", "3", FAST).succeeded();

      assertEquals(Set.of(""), late);
    }
  }

  @Test
  void aServerThatClosesUnexpectedlyIsToldAfterTheSummary() throws IOException {
    try (StreamServer server = StreamServer.tcp(peer -> peer.send(readPing(peer, "")))) {
      Run run = Run.of("ping", server.target(), "-n", "3", FAST);

      run.failed(7, "closed-early", "close-after");
      assertSummary(run.out(), "1 received");
    }
  }

  @Test
  void anInterruptSumsUpWhatThereIs() throws Exception {
    try (DatagramServer server = DatagramServer.echo()) {
      CompletableFuture<Run> ping =
          CompletableFuture.supplyAsync(() -> Run.of("ping", server.target(), FAST));
      await().until(() -> server.received().size() > 3);

      raiseInterrupt();

      Run run = ping.get(10, TimeUnit.SECONDS);
      assertEquals(130, run.exitCode());
      assertSummary(run.out(), " received, 0.0% loss");
    }
  }

  private static void raiseInterrupt() throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    type.getMethod("raise", type)
        .invoke(null, type.getConstructor(String.class).newInstance("INT"));
  }

  private static void assertSummary(String out, String expected) {
    assertTrue(out.contains(" ping statistics ---"), out);
    assertTrue(out.contains(expected), () -> "'" + expected + "' is in: " + out);
  }

  private static long linesWith(String out, String pattern) {
    return out.lines().filter(line -> line.matches(pattern)).count();
  }
}
