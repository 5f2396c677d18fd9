package io.sounder.client.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.DatagramServer;
import io.sounder.client.fixture.StreamServer;
import io.sounder.client.fixture.StreamServer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against servers that are no echo, some of which lie. */
@Timeout(60)
class LoadScriptTest {
  private static final int REQUESTS = 1000;
  private static final int LIE_EVERY = 100;
  private static final int LIES = 10;

  @ParameterizedTest
  @CsvSource({"tcp://127.0.0.1:1", "udp://127.0.0.1:1"})
  void aTextThatBeginsLikeSomethingElseIsAText(String target) {
    Load load = Load.run(target, "--message", "@x", "--expect", "text:none", "-n", "1");
    assertTrue(load.exitCode() == 3 || load.exitCode() == 7, load.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "16"})
  void aServerThatAnswersAsExpectedIsFoundHonest(String pipeline) throws IOException {
    try (StreamServer server = lines((number, line) -> "+OK " + line + "\r\n")) {
      Load load =
          load(
              server.target(),
              "--message",
              "DO {n} {random:7}\\n",
              "--expect",
              "+OK DO {n} {random:7}\\r\\n",
              "-p",
              pipeline);
      assertOutcome(load, 0, "ok", REQUESTS);
      assertEquals("VALID", load.json().get("verdict").asText());
      assertEquals("DO {n} {random:7}\\n", load.json().at("/environment/flags/message").asText());
      assertTrue(load.json().at("/environment/flags/size").isMissingNode());
      assertTrue(load.json().at("/response_time_ns/p99").asLong() > 0);
    }
  }

  @Test
  void aMessageAboveAllBuffersIsWrittenAndComparedInPieces() throws IOException {
    String text = "";
    for (String name : List.of("a", "b", "c", "d", "e")) {
      text += "{random:65536:" + name + "}";
    }
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      Load load = load(server.target(), "--message", text + "{n}", "-n", "60", "-p", "3");
      assertEquals(0, load.exitCode(), load.out() + load.err());
      assertEquals(60, load.count("ok"));
      assertTrue(load.json().at("/bytes/sent").asLong() > 60 * 5 * 65_536, load.out());
    }
  }

  @Test
  void numbersAreUniqueOverAllConnectionsAndThreads() throws IOException {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    try (StreamServer server =
        lines(
            (number, line) -> {
              seen.add(line);
              return line + "\n";
            })) {
      Load load = load(server.target(), "--message", "{connection} {n}\\n", "-t", "3", "-c", "7");
      assertOutcome(load, 0, "ok", REQUESTS);
    }
    assertEquals(REQUESTS, new HashSet<>(seen).size());
    for (String line : seen) {
      long number = Long.parseLong(line.substring(line.indexOf(' ') + 1));
      assertEquals(line.substring(0, line.indexOf(' ')), "" + ((number - 1) % 7 + 1));
    }
  }

  @Test
  void aConnectionSendsTheLinesOfAFileInTurn(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("messages");
    Files.writeString(file, "one {n}\\n\r\ntwo\\n\r\nthree {hex:3}\\n");
    List<String> seen = new ArrayList<>();
    try (StreamServer server =
        lines(
            (number, line) -> {
              seen.add(line.replaceAll(" .*", ""));
              return line + "\n";
            })) {
      Load load =
          load(server.target(), "--message-file", file.toString(), "-c", "1", "-p", "5", "-n", "7");
      assertEquals(0, load.exitCode(), load.out() + load.err());
      assertEquals(7, load.count("ok"));
    }
    assertEquals(List.of("one", "two", "three", "one", "two", "three", "one"), seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+OK {n}\\r\\n   | -ERR overloaded   | corrupt     | 1",
        "+OK {n}\\r\\n   | -ERR overloaded   | corrupt     | 16",
        "+OK {n}\\r\\n   | +OK 1000000001    | misdirected | 1",
        "+OK {n}\\r\\n   | +OK 1000000001    | misdirected | 16",
        "re:\\+OK \\d+\\r\\n | -ERR overloaded | corrupt   | 1",
      })
  void everyWrongLineIsNamed(String expect, String lie, String name, String pipeline)
      throws IOException {
    try (StreamServer server =
        lines((number, line) -> (number % LIE_EVERY == 0 ? lie : "+OK " + line) + "\r\n")) {
      Load load = load(server.target(), "--message", "{n}\\n", "--expect", expect, "-p", pipeline);
      assertOutcome(load, 5, "corrupt", LIES, "wrong/" + name, LIES, "ok", REQUESTS - LIES);
    }
  }

  @Test
  void aLineThatComesTwiceIsADuplicate() throws IOException {
    try (StreamServer server =
        lines((number, line) -> (line + "\n").repeat(number % LIE_EVERY == 0 ? 2 : 1))) {
      Load load = load(server.target(), "--message", "{n}\\n");
      assertOutcome(load, 5, "duplicates", LIES, "ok", REQUESTS, "corrupt", 0);
    }
  }

  @Test
  void moreThanWasAwaitedIsExtra() throws IOException {
    try (StreamServer server =
        lines((number, line) -> number == REQUESTS / 2 ? "1234567890X" : "1234567890")) {
      Load load = load(server.target(), "--message", "x\\n", "--expect", "length:10");
      assertEquals(5, load.exitCode(), load.out());
      assertEquals(1, load.count("wrong/extra"), load.out());
      assertEquals(0, load.unaccounted());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"+PONG\\r\\n", "re:\\+PONG\\r\\n", "length:7", "until:\\r\\n"})
  void aReplyThatStopsIsTruncatedWhenItsTimeIsOver(String expect) throws IOException {
    try (StreamServer server = lines((number, line) -> number == 500 ? "+PO" : "+PONG\r\n")) {
      Load load =
          load(server.target(), "--message", "PING\\n", "--expect", expect, "--timeout", "1s");
      assertOutcome(load, 5, "corrupt", 1, "wrong/truncated", 1, "ok", REQUESTS - 1);
    }
  }

  /** That a reply with an open end is all there, only the end of the connection tells. */
  @Test
  void aPeerMayCloseAfterTheLastReplyThatIsWantedOfIt() throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.read();
              peer.send("all there is");
            })) {
      Load load =
          load(
              server.target(),
              "--message",
              "x\\n",
              "--expect",
              "re:all .*is",
              "--requests-per-connection",
              "1",
              "-n",
              "20");
      assertEquals(20, load.count("ok"), load.out());
      assertEquals(0, load.json().at("/connections/errors").size(), load.out());
      assertEquals(0, load.exitCode(), load.out());
    }
  }

  @Test
  void aReplyThatDoesNotComeIsATimeOut() throws IOException {
    try (StreamServer server = lines((number, line) -> number == 500 ? "" : "+PONG\r\n")) {
      Load load =
          load(
              server.target(),
              "--message",
              "PING\\n",
              "--expect",
              "+PONG\\r\\n",
              "--timeout",
              "1s");
      assertOutcome(load, 7, "errors/reply-timeout", 1, "ok", REQUESTS - 1, "corrupt", 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"-ERR, corrupt", "+PON, truncated", "+PONGS, extra"})
  void underAFramingAllNamesAreToldApart(String lie, String name) throws IOException {
    try (StreamServer server =
        lines((number, line) -> (number % LIE_EVERY == 0 ? lie : "+PONG") + "\r\n")) {
      Load load =
          load(
              server.target() + "?framing=line",
              "--message",
              "PING",
              "--expect",
              "+PONG",
              "-p",
              "8");
      assertOutcome(load, 5, "corrupt", LIES, "wrong/" + name, LIES, "ok", REQUESTS - LIES);
    }
  }

  @Test
  void aReplyThatEndsWithTheConnectionIsComplete() throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.read();
              peer.send("HTTP/1.0 200 OK\r\n\r\n");
              peer.send("body");
            })) {
      Load load =
          Load.run(
              server.target() + "?close-after=1",
              "--message",
              "GET / HTTP/1.0\\r\\n\\r\\n",
              "--expect",
              "re:(?s)HTTP/1.[01] 200 .*",
              "-c",
              "2",
              "-n",
              "50",
              "--json",
              "-");
      assertEquals(0, load.exitCode(), load.out() + load.err());
      assertEquals(50, load.count("ok"));
    }
  }

  @Test
  void payloadsCanBeJudgedByARuleToo() throws IOException {
    try (StreamServer server = lines((number, line) -> "got " + line.length() + "\n")) {
      Load load = load(server.target() + "?framing=line", "-s", "100", "--expect", "got 100");
      assertOutcome(load, 0, "ok", REQUESTS);
    }
  }

  @Test
  void whatIsNotAnsweredHasARateAndNoLatency() throws IOException {
    AtomicInteger received = new AtomicInteger();
    try (DatagramServer server =
        DatagramServer.start(
            (datagram, number) -> {
              received.incrementAndGet();
              return List.of();
            })) {
      Load load = load(server.target(), "--message", "<13>sounder: event {n}", "--expect", "none");
      assertOutcome(load, 0, "ok", REQUESTS);
      assertEquals(0, load.json().at("/response_time_ns/count").asLong());
    }
    assertTrue(received.get() > 0);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "16, false", "1, true", "16, true"})
  void datagramsAreMatchedByTheirNumberWhateverTheirOrder(int pipeline, boolean ruled)
      throws IOException {
    List<byte[]> held = new ArrayList<>();
    DatagramServer.Behaviour swapping =
        (datagram, number) -> {
          if (pipeline > 1 && number % 10 == 5) {
            held.add(datagram); // answered after the next one
            return List.of();
          }
          List<byte[]> answers = new ArrayList<>(List.of(datagram));
          answers.addAll(held);
          held.clear();
          return answers;
        };
    String text = "q{n} {random:30}";
    try (DatagramServer server = DatagramServer.start(swapping)) {
      List<String> flags =
          new ArrayList<>(List.of("--message", text, "-c", "1", "-p", "" + pipeline));
      flags.addAll(ruled ? List.of("--expect", text) : List.of());
      Load load = load(server.target(), flags.toArray(new String[0]));
      assertOutcome(load, 0, "ok", REQUESTS, "lost", 0, "duplicates", 0);
      assertEquals(pipeline > 1, load.count("reordered") > 0, load.out());
    }
  }

  @Test
  void aDnsQuestionIsAnsweredWithItsOwnNumber() throws IOException {
    try (DatagramServer server = DatagramServer.start((query, number) -> List.of(dns(query)))) {
      String name = "\\x07sounder\\x07example\\0\\0\\x01\\0\\x01";
      Load load =
          load(
              server.target(),
              "--message",
              "{bytes:2}\\x01\\0\\0\\x01\\0\\0\\0\\0\\0\\0" + name,
              "--expect",
              "{bytes:2}\\x81\\x80\\0\\x01\\0\\x01\\0\\0\\0\\0"
                  + name
                  + "\\xc0\\x0c\\0\\x01\\0\\x01\\0\\0\\x0e\\x10\\0\\x04\\x7f\\0\\0\\x01");
      assertOutcome(load, 0, "ok", REQUESTS);
    }
  }

  /** A response with one address, as RFC 1035 has it: header, question, answer. */
  private static byte[] dns(byte[] query) {
    byte[] answer = {(byte) 0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0x0e, 0x10, 0, 4, 127, 0, 0, 1};
    byte[] response = Arrays.copyOf(query, query.length + answer.length);
    System.arraycopy(answer, 0, response, query.length, answer.length);
    response[2] = (byte) 0x81;
    response[3] = (byte) 0x80;
    response[7] = 1;
    return response;
  }

  /** What is said to a line; the number counts from 1 over all connections. */
  private interface Answer {
    String to(int number, String line);
  }

  /** A server that reads lines, and answers each. */
  private static StreamServer lines(Answer answer) {
    AtomicInteger lines = new AtomicInteger();
    return StreamServer.tcp(peer -> answerLines(peer, answer, lines));
  }

  private static void answerLines(Peer peer, Answer answer, AtomicInteger lines)
      throws IOException {
    StringBuilder unfinished = new StringBuilder();
    byte[] buffer = new byte[65536];
    for (int length = peer.in().read(buffer, 0, buffer.length);
        length >= 0;
        length = peer.in().read(buffer, 0, buffer.length)) {
      unfinished.append(new String(buffer, 0, length, ISO_8859_1));
      StringBuilder answers = new StringBuilder();
      for (int end = unfinished.indexOf("\n"); end >= 0; end = unfinished.indexOf("\n")) {
        answers.append(answer.to(lines.incrementAndGet(), unfinished.substring(0, end)));
        unfinished.delete(0, end + 1);
      }
      peer.out().write(answers.toString().getBytes(ISO_8859_1));
    }
  }

  private static Load load(String target, String... flags) {
    List<String> line = new ArrayList<>(List.of(target));
    line.addAll(List.of(flags));
    line.addAll(List.of("-d", "20s", "--json", "-"));
    if (!line.contains("-n")) {
      line.addAll(List.of("-n", "" + REQUESTS));
    }
    if (!line.contains("-c")) {
      line.addAll(List.of("-c", "4"));
    }
    return Load.run(line.toArray(new String[0]));
  }

  private static void assertOutcome(Load load, int exitCode, Object... counts) {
    for (int i = 0; i < counts.length; i += 2) {
      long expected = ((Integer) counts[i + 1]).longValue();
      String what = counts[i] + " of " + load.out() + load.err();
      assertEquals(expected, load.count((String) counts[i]), what);
    }
    assertEquals(REQUESTS, load.count("sent"));
    assertEquals(0, load.unaccounted(), load.out());
    assertEquals(exitCode, load.exitCode(), load.out());
  }
}
