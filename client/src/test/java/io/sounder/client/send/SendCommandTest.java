package io.sounder.client.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.Main;
import io.sounder.client.cli.Console;
import io.sounder.client.fixture.DatagramServer;
import io.sounder.client.fixture.Run;
import io.sounder.client.fixture.StreamServer;
import io.sounder.client.fixture.StreamServer.Peer;
import io.sounder.client.fixture.StreamServer.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendCommandTest {
  private static final String WAIT = "--wait=200ms";

  @ParameterizedTest
  @EnumSource
  void sendsTheTextAsItIsAndPrintsTheReplyAsItIs(Transport transport) throws IOException {
    try (StreamServer server = StreamServer.start(transport, Peer::echo)) {
      assertEquals("连接", Run.of("send", server.target(), "连接", WAIT).succeeded());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"line", "length", "length-le"})
  void framedItEndsWithOneReplyForEachMessage(String framing) throws IOException {
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      String target = server.target() + "?framing=" + framing + "&reply=echo";

      String out =
          Run.of("send", target, "no {n}", "--repeat=3", "--count-from=0", "--wait=forever")
              .succeeded();

      assertEquals("no 0\nno 1\nno 2\n", out);
    }
  }

  @Test
  void escapesAreUnderstoodWhenAskedForAndOnlyThen() throws Exception {
    BlockingQueue<String> came = new LinkedBlockingQueue<>();
    try (StreamServer server = StreamServer.tcp(peer -> came.add(peer.read()))) {
      Run.of("send", server.target(), "a\\r\\n\\x41{n}", "--escapes").succeeded();
      Run.of("send", server.target(), "a\\r").succeeded();

      assertEquals("a\r\nA1", came.poll(5, TimeUnit.SECONDS));
      assertEquals("a\\r", came.poll(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void endsAfterAsManyRepliesAsWereAskedFor() throws IOException {
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      assertEquals(
          "x", Run.of("send", server.target(), "x", "--replies=1", "--wait=forever").succeeded());
    }
  }

  @Test
  void aPeerThatClosesBeforeAllRepliesCameHasClosedEarly() throws IOException {
    try (StreamServer server = StreamServer.tcp(peer -> peer.send(peer.read()))) {
      Run.of("send", server.target(), "x", "--replies=2")
          .failed(7, "closed-early", "after 1 of 2 replies");
    }
  }

  @Test
  void aPeerThatClosesBeforeAllIsSentHasClosedEarly() throws IOException {
    try (StreamServer server = StreamServer.tcp(Peer::read)) {
      Run.of("send", server.target(), "x", "--repeat=3", "--interval=10s")
          .failed(7, "closed-early", "before everything was sent");
    }
  }

  @Test
  void silenceWhereAReplyWasDueIsATimeOut() throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.read();
              peer.read();
            })) {
      Run.of("send", server.target() + "?framing=line", "x", WAIT)
          .failed(7, "reply-timeout", "nothing came for 200ms");
    }
  }

  @Test
  void aResetIsToldFromAClose() throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.read();
              peer.resetOnClose();
            })) {
      Run.of("send", server.target(), "x").failed(7, "reset", "Connection reset");
    }
  }

  @Test
  void showsEachReadWithItsSizeAndTheEnd() throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.read();
              peer.out().write("hello, world\n".getBytes(StandardCharsets.UTF_8));
            })) {
      Run run = Run.of("send", server.target(), "x", "--show-reads");

      assertEquals(
          List.of("read 13 bytes: hello, world\\n", "read 0 bytes: end of stream, the peer closed"),
          run.succeeded().lines().toList());
    }
  }

  @Test
  void whatTheKeyReplySaysIsVerified() throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.send("OK..." + peer.read());
              peer.read();
            })) {
      Run.of("send", server.target() + "?reply=ok", "x", WAIT).succeeded();
      Run.of("send", server.target() + "?reply=echo", "x", WAIT).failed(5, "'x' was due");
    }
  }

  @Test
  void expectedGreetingsAreSkipped() throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.send("Welcome, " + peer.channel().getRemoteAddress() + "\n");
              peer.echo();
            })) {
      String target = server.target() + "?greeting=Welcome,%20{peer}%0A&reply=echo";

      assertEquals("x", Run.of("send", target, "x", WAIT).succeeded());
    }
  }

  @Test
  void aFrameTooLongIsAProtocolErrorAndOneCutShortHasClosedEarly() throws IOException {
    try (StreamServer tooLong = StreamServer.tcp(peer -> answer(peer, -1, -1, -1, -1));
        StreamServer cut = StreamServer.tcp(peer -> answer(peer, 0, 0, 0, 5, 'a', 'b'))) {
      Run.of("send", tooLong.target() + "?framing=length", "x")
          .failed(5, "protocol", "longer than 64KiB");
      Run.of("send", cut.target() + "?framing=length", "x")
          .failed(7, "closed-early", "after 6 bytes of its frame");
    }
  }

  private static void answer(Peer peer, int... bytes) throws IOException {
    peer.read(); // closing with something unread would be a reset
    for (int b : bytes) {
      peer.out().write(b);
    }
  }

  @Test
  void aMessageAboveMaxFrameIsNotSent() throws IOException {
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      Run.of("send", server.target() + "?framing=line&max-frame=3", "abcd")
          .failed(2, "4 bytes is longer than max-frame=3B");
    }
  }

  @Test
  void fromInputAPlainStreamIsCopiedAndThenHalfClosed() throws IOException {
    byte[] input = "a\n\nb\u0000c".getBytes(StandardCharsets.UTF_8);
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      Run run =
          Run.withInput(input, "send", server.target() + "?reply=echo", "-", "--wait=forever");

      assertEquals("a\n\nb\u0000c", run.succeeded());
    }
  }

  @Test
  void fromInputEachLineIsAMessageWhereThereIsAFraming() throws IOException {
    byte[] input = "a\n\nb".getBytes(StandardCharsets.UTF_8);
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      Run run = Run.withInput(input, "send", server.target() + "?framing=length&reply=echo");

      assertEquals("a\n\nb\n", run.succeeded());
    }
  }

  @Test
  void anEmptyDatagramComesBack() throws IOException {
    try (DatagramServer server = DatagramServer.echo()) {
      Run run = Run.of("send", server.target() + "?reply=echo", "", WAIT);

      assertEquals("\n", run.succeeded());
      assertEquals(List.of(""), server.received());
    }
  }

  @Test
  void aDatagramDroppedIsToldFromOneRefused() throws IOException {
    String gone;
    try (DatagramServer server = DatagramServer.start((datagram, number) -> List.of())) {
      gone = server.target();
      Run.of("send", gone + "?reply=echo", "x", WAIT).failed(7, "reply-timeout");
    }
    Run.of("send", gone, "x", WAIT).failed(3, "refused", "ICMP port unreachable");
  }

  @Test
  void aSecondAnswerToADatagramIsTooMuch() throws IOException {
    try (DatagramServer server =
        DatagramServer.start((datagram, number) -> List.of(datagram, datagram))) {
      Run.of("send", server.target() + "?reply=echo", "x", WAIT).failed(5, "nothing more was due");
    }
  }

  @Test
  void atATerminalWhatComesIsEscapedAndOnAPipeItIsNot() throws IOException {
    try (StreamServer server = StreamServer.tcp(peer -> peer.send("\u001b[31mred\r\nend"))) {
      assertEquals("\u001b[31mred\r\nend", Run.of("send", server.target(), "").succeeded());
      assertEquals("\\x1b[31mred\nend\n", Run.atTerminal("send", server.target(), "").succeeded());
    }
  }

  @Test
  void nobodyThereHasItsOwnClassAndExitCode() {
    Run.of("send", "tcp://no-such-host.invalid:http", "x")
        .failed(3, "unknown-host", "hostname could not be resolved");
    Run.of("send", "tcp://127.0.0.1:no-such-service", "x")
        .failed(3, "unknown-service", "couldn't find the port");
    Run.of("send", "unix:///nonexistent/s.sock", "x").failed(3, "refused");
  }

  @Test
  void aClosedStdoutEndsIt() throws IOException {
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      PrintStream broken =
          new PrintStream(
              new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                  throw new IOException("Broken pipe");
                }
              },
              false,
              StandardCharsets.UTF_8);
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Console console =
          Console.of(
              InputStream.nullInputStream(),
              broken,
              new PrintStream(err, true, StandardCharsets.UTF_8));

      int exitCode = Main.run(console, "send", server.target(), "x");

      assertEquals(7, exitCode);
      assertTrue(err.toString(StandardCharsets.UTF_8).contains("cannot write to standard output"));
    }
  }
}
