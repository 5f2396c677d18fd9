package io.sounder.client.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.TestPeer.Behaviour;
import io.sounder.client.load.TestPeer.Port;
import io.sounder.protocol.endpoint.Scheme;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against servers that lie, each in one way: what is counted, and under which name. */
class LoadVerificationTest {
  private static final int SIZE = 64;
  private static final long LIE_EVERY = 100;
  private static final int REQUESTS = 1000;
  private static final int LIES = 10;

  @ParameterizedTest
  @CsvSource({
    "TCP, raw, 1", "TCP, raw, 16", "TCP, line, 16", "TCP, length, 16", "TCP, length-le, 1",
    "UNIX, raw, 4", "UNIX, line, 1", "UDP, raw, 1", "UDP, raw, 16", "UDP, length, 4"
  })
  void anHonestPeerIsFoundHonest(Scheme scheme, String framing, int pipeline) throws IOException {
    Load load = run(scheme, framing, pipeline, (number, request, port) -> port.send(request));
    assertEquals(0, load.exitCode(), load.err());
    assertEquals("VALID", load.json().get("verdict").asText());
    assertEquals(REQUESTS, load.count("ok"));
    assertEquals(0, load.unaccounted());
  }

  @ParameterizedTest
  @CsvSource({
    "TCP, raw, 1",
    "TCP, raw, 16",
    "TCP, line, 16",
    "TCP, length, 16",
    "UNIX, raw, 1",
    "UDP, raw, 1",
    "UDP, raw, 16",
    "UDP, length, 4"
  })
  void everyFlippedBitIsACorruptReply(Scheme scheme, String framing, int pipeline)
      throws IOException {
    Load load =
        run(
            scheme,
            framing,
            pipeline,
            lying(
                (request, port) -> {
                  request[20] ^= 1;
                  port.send(request);
                }));
    assertOutcome(load, 5, "corrupt", LIES, "wrong/corrupt", LIES, "ok", REQUESTS - LIES);
  }

  @ParameterizedTest
  @CsvSource({
    "TCP, raw, 1",
    "TCP, raw, 4",
    "TCP, line, 4",
    "TCP, length, 1",
    "UNIX, raw, 1",
    "UDP, raw, 4"
  })
  void everyReplyThatComesTwiceIsADuplicate(Scheme scheme, String framing, int pipeline)
      throws IOException {
    Load load =
        run(
            scheme,
            framing,
            pipeline,
            lying(
                (request, port) -> {
                  if (scheme == Scheme.UDP) {
                    port.send(request);
                    port.send(request);
                  } else {
                    byte[] twice = Arrays.copyOf(request, 2 * request.length);
                    System.arraycopy(request, 0, twice, request.length, request.length);
                    port.send(twice);
                  }
                }));
    assertOutcome(load, 5, "duplicates", LIES, "ok", REQUESTS, "corrupt", 0);
  }

  @ParameterizedTest
  @CsvSource({"TCP, raw, 1", "TCP, raw, 4", "TCP, line, 4", "TCP, length, 1", "UNIX, raw, 1"})
  void swappedRepliesAreMisdirected(Scheme scheme, String framing, int pipeline)
      throws IOException {
    AtomicReference<Held> held = new AtomicReference<>();
    Load load =
        run(
            scheme,
            framing,
            pipeline,
            (number, request, port) -> swap(held, number, request, port));
    assertOutcome(load, 5, "corrupt", 2, "wrong/misdirected", 2, "ok", REQUESTS - 2);
  }

  private record Held(String request, Port port, CompletableFuture<Void> swapped) {}

  /** Holds the reply to number 50 back until another connection asks, and then swaps the two. */
  private static void swap(AtomicReference<Held> held, long number, byte[] request, Port port)
      throws IOException {
    if (number == 50) {
      Held mine = new Held(new String(request, ISO_8859_1), port, new CompletableFuture<>());
      held.set(mine);
      mine.swapped.orTimeout(10, TimeUnit.SECONDS).join();
      return;
    }
    Held other = held.getAndSet(null);
    if (other == null) {
      port.send(request);
    } else {
      other.port.send(request);
      port.send(other.request.getBytes(ISO_8859_1));
      other.swapped.complete(null);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, extra", "16, desynchronised"})
  void anInsertedByteOnARawStreamIsNamedAsFarAsItCanBe(int pipeline, String name)
      throws IOException {
    Load load =
        run(
            Scheme.TCP,
            "raw",
            pipeline,
            lying(
                (request, port) -> {
                  byte[] longer = Arrays.copyOf(request, request.length + 1);
                  System.arraycopy(request, 30, longer, 31, request.length - 30);
                  longer[30] = '!';
                  port.send(longer);
                }));
    assertEquals(5, load.exitCode());
    assertEquals(0, load.unaccounted());
    assertEquals(load.count("corrupt"), load.count("wrong/" + name));
    long followers = load.count("errors/protocol"); // in flight behind it, when it was closed
    assertEquals(REQUESTS, load.count("ok") + load.count("corrupt") + followers);
    assertTrue(load.count("corrupt") > 0, load.out());
  }

  @ParameterizedTest
  @CsvSource({"TCP, raw", "TCP, length", "UNIX, raw"})
  void aReplyThatStopsHalfwayIsTruncated(Scheme scheme, String framing) throws IOException {
    Load load =
        run(
            scheme,
            framing,
            1,
            (number, request, port) ->
                port.send(number == 50 ? Arrays.copyOf(request, 20) : request));
    assertOutcome(load, 5, "corrupt", 1, "wrong/truncated", 1, "ok", REQUESTS - 1);
  }

  @ParameterizedTest
  @CsvSource({"UDP, raw, 1", "UDP, raw, 8", "UDP, line, 8"})
  void shortenedDatagramsAreTruncated(Scheme scheme, String framing, int pipeline)
      throws IOException {
    Load load =
        run(
            scheme,
            framing,
            pipeline,
            lying((request, port) -> port.send(Arrays.copyOf(request, 40))));
    assertOutcome(load, 5, "corrupt", LIES, "wrong/truncated", LIES, "ok", REQUESTS - LIES);
  }

  @Test
  void emptyDatagramsInPlaceOfRepliesAreTruncated() throws IOException {
    Load load = run(Scheme.UDP, "raw", 1, lying((request, port) -> port.send(new byte[0])));
    assertOutcome(load, 5, "corrupt", LIES, "wrong/truncated", LIES, "ok", REQUESTS - LIES);
  }

  @Test
  void emptyDatagramsBesideTheRepliesAreSeen() throws IOException {
    Load load =
        run(
            Scheme.UDP,
            "raw",
            1,
            lying(
                (request, port) -> {
                  port.send(request);
                  port.send(new byte[0]);
                }));
    assertEquals(5, load.exitCode(), load.out());
    long seen = load.count("wrong/extra") + load.count("wrong/truncated");
    assertTrue(seen >= LIES - 1, load.out()); // the last one may come after the end
    assertEquals(0, load.unaccounted());
  }

  @Test
  void emptyDatagramsAreRightWhereTheReplyIsEmpty() throws IOException {
    try (TestPeer peer =
        new TestPeer(Scheme.UDP, SIZE, (number, request, port) -> port.send(new byte[0]))) {
      assertOutcome(run(peer.url() + "?reply=text:", 1), 0, "ok", REQUESTS);
    }
  }

  @ParameterizedTest
  @CsvSource({"TCP, raw", "UNIX, line", "TCP, length"})
  void aStreamThatDropsAReplyTimesOutAndIsOpenedAgain(Scheme scheme, String framing)
      throws IOException {
    Behaviour behaviour =
        (number, request, port) -> {
          if (number != 50 && number != 70) {
            port.send(request);
          }
        };
    Load load;
    try (TestPeer peer = new TestPeer(scheme, SIZE + added(framing), behaviour)) {
      load = run(peer.url() + "?framing=" + framing, 1, 1);
    }
    assertOutcome(load, 7, "errors/reply-timeout", 2, "ok", REQUESTS - 2, "lost", 0);
    assertEquals(3, load.json().at("/connections/opened").asLong());
  }

  @ParameterizedTest
  @CsvSource({"1", "8"})
  void droppedDatagramsAreLost(int pipeline) throws IOException {
    Load load = run(Scheme.UDP, "raw", pipeline, lying((request, port) -> {}));
    assertOutcome(load, 7, "lost", LIES, "ok", REQUESTS - LIES, "late", 0);
  }

  @ParameterizedTest
  @CsvSource({"1, 64", "8, 64", "1, 8"})
  void aDatagramThatComesAfterTheTimeoutMovesFromLostToLate(int pipeline, int size)
      throws IOException {
    AtomicReference<Held> held = new AtomicReference<>();
    Behaviour behaviour =
        (number, request, port) -> {
          if (number == 50) {
            held.set(new Held(new String(request, ISO_8859_1), port, new CompletableFuture<>()));
            CompletableFuture.delayedExecutor(600, TimeUnit.MILLISECONDS)
                .execute(() -> held.get().swapped.complete(null));
            return;
          }
          Held late = held.get();
          if (late != null && late.swapped.isDone()) {
            held.set(null);
            late.port.send(late.request.getBytes(ISO_8859_1));
          }
          port.send(request);
        };
    try (TestPeer peer = new TestPeer(Scheme.UDP, size, behaviour)) {
      Load load =
          Load.run(
              peer.url(),
              "-c",
              "2",
              "-d",
              "1200ms",
              "--warmup",
              "0",
              "--timeout",
              "250ms",
              "-s",
              size + "B",
              "-p",
              "" + pipeline,
              "--json",
              "-");
      assertEquals(7, load.exitCode(), load.out());
      assertEquals(1, load.count("late"), load.out());
      assertEquals(0, load.count("lost"), load.out());
      assertEquals(0, load.unaccounted());
    }
  }

  @ParameterizedTest
  @CsvSource({"true, reset", "false, closed-early"})
  void aConnectionThatEndsEarlyFailsWhatIsInFlightAndIsOpenedAgain(boolean reset, String name)
      throws IOException {
    Load load =
        run(
            Scheme.TCP,
            "raw",
            1,
            (number, request, port) -> {
              if (number % LIE_EVERY == 0) {
                port.close(reset);
              } else {
                port.send(request);
              }
            });
    assertOutcome(load, 7, "errors/" + name, LIES, "ok", REQUESTS - LIES, "corrupt", 0);
  }

  @Test
  void aReplyWithoutItsPrefixIsNamed() throws IOException {
    Behaviour behaviour =
        (number, request, port) -> {
          byte[] prefixed = ("OK..." + new String(request, US_ASCII)).getBytes(US_ASCII);
          prefixed[0] = number == 50 ? (byte) 'X' : prefixed[0];
          port.send(prefixed);
        };
    try (TestPeer peer = new TestPeer(Scheme.TCP, SIZE, behaviour)) {
      Load load = run(peer.url() + "?reply=ok", 1);
      assertOutcome(load, 5, "corrupt", 1, "wrong/wrong-prefix", 1, "ok", REQUESTS - 1);
    }
  }

  @Test
  void anotherGreetingThanTheTargetSaysIsAWrongReply() throws IOException {
    try (TestPeer peer =
        new TestPeer(
            Scheme.TCP, SIZE, "Go away".getBytes(US_ASCII), (number, request, port) -> {})) {
      Load load = run(peer.url() + "?greeting=Welcome", 1);
      assertEquals(5, load.exitCode(), load.err());
      assertTrue(load.err().contains("sent another greeting"), load.err());
    }
  }

  private interface Answer {
    void give(byte[] request, Port port) throws IOException;
  }

  /** Lies about one request in a hundred, and echoes the others. */
  private static Behaviour lying(Answer lie) {
    return (number, request, port) -> {
      if (number % LIE_EVERY == 0 && number <= REQUESTS) {
        lie.give(request, port);
      } else {
        port.send(request);
      }
    };
  }

  private static Load run(Scheme scheme, String framing, int pipeline, Behaviour behaviour)
      throws IOException {
    try (TestPeer peer = new TestPeer(scheme, SIZE + added(framing), behaviour)) {
      return run(peer.url() + "?framing=" + framing, pipeline);
    }
  }

  private static int added(String framing) {
    return switch (framing) {
      case "raw" -> 0;
      case "line" -> 1;
      default -> 4;
    };
  }

  private static Load run(String url, int pipeline) {
    return run(url, 4, pipeline);
  }

  private static Load run(String url, int connections, int pipeline) {
    return Load.run(
        url,
        "-c",
        "" + connections,
        "-n",
        "" + REQUESTS,
        "-d",
        "20s",
        "--timeout",
        "500ms",
        "-p",
        "" + pipeline,
        "--json",
        "-");
  }

  private static void assertOutcome(Load load, int exitCode, Object... counts) {
    for (int i = 0; i < counts.length; i += 2) {
      long expected = ((Integer) counts[i + 1]).longValue();
      assertEquals(expected, load.count((String) counts[i]), counts[i] + " of " + load.out());
    }
    assertEquals(REQUESTS, load.count("sent"));
    assertEquals(0, load.unaccounted(), load.out());
    assertEquals(exitCode, load.exitCode(), load.out());
  }
}
