package io.sounder.client.talk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.client.Main;
import io.sounder.client.cli.Console;
import io.sounder.client.fixture.DatagramServer;
import io.sounder.client.fixture.Run;
import io.sounder.client.fixture.StreamServer;
import io.sounder.client.fixture.StreamServer.Peer;
import io.sounder.client.fixture.StreamServer.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TalkFilterTest {
  private static final long LARGE = 64L << 20;

  /** Bytes that depend on their place, so that none can be lost, doubled or swapped unseen. */
  private static byte byteAt(long place) {
    return (byte) (place * 31 + (place >> 8) * 17 + (place >> 16));
  }

  @ParameterizedTest
  @EnumSource
  void moreThanAllBuffersHoldGoesThroughAnEchoAndBack(Transport transport) throws IOException {
    Comparison comparison = new Comparison();
    try (StreamServer server = StreamServer.start(transport, Peer::echo)) {
      Console console =
          Console.of(
              new Numbers(),
              new PrintStream(comparison, false, StandardCharsets.UTF_8),
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));

      assertEquals(0, Main.run(console, "talk", server.target()));
    }
    assertEquals(LARGE, comparison.place);
    assertEquals(-1, comparison.firstDifference);
  }

  @Test
  void eachLineIsAMessageAndEachReplyALine() throws IOException {
    byte[] input = "one\n\ntwo\n".getBytes(StandardCharsets.UTF_8);
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      Run run = Run.withInput(input, "talk", server.target() + "?framing=length-le&reply=echo");

      assertEquals("one\n\ntwo\n", run.succeeded());
    }
  }

  @Test
  void messagesOfAServerThatSpeaksFirstAndClosesArriveApart() throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.out().write(new byte[] {3, 0, 0, 0, 'a', 'b', 'c', 2, 0, 0, 0, 'd', 'e'});
            })) {
      assertEquals("abc\nde\n", Run.of("talk", server.target() + "?framing=length-le").succeeded());
    }
  }

  @Test
  void aServerThatClosesEndsItAlsoWhileInputIsStillOpen() throws IOException {
    try (StreamServer server = StreamServer.tcp(peer -> peer.send("bye"));
        PipedOutputStream typing = new PipedOutputStream();
        InputStream input = new PipedInputStream(typing)) {
      assertEquals("bye", Run.withInput(input, "talk", server.target()).succeeded());
    }
  }

  @Test
  void datagramsGoOutByLineAndAnEmptyLineIsAnEmptyDatagram() throws IOException {
    byte[] input = "a\n\nb".getBytes(StandardCharsets.UTF_8);
    try (DatagramServer server = DatagramServer.echo()) {
      Run run = Run.withInput(input, "talk", server.target() + "?reply=echo");

      assertEquals("a\n\nb\n", run.succeeded());
      assertEquals(List.of("a", "", "b"), server.received());
    }
  }

  @Test
  void aServerThatStopsReadingAndResetsHasFailed() throws IOException {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.read();
              peer.resetOnClose();
            })) {
      Run.withInput(new Numbers(), "talk", server.target()).failed(7, "reset");
    }
  }

  private static final class Numbers extends InputStream {
    private long place;

    @Override
    public int read() {
      return place == LARGE ? -1 : byteAt(place++) & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count = (int) Math.min(length, LARGE - place);
      for (int i = 0; i < count; i++) {
        bytes[offset + i] = byteAt(place++);
      }
      return count == 0 ? -1 : count;
    }
  }

  private static final class Comparison extends OutputStream {
    private long place;
    private long firstDifference = -1;

    @Override
    public void write(int b) {
      if ((byte) b != byteAt(place) && firstDifference < 0) {
        firstDifference = place;
      }
      place++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int i = 0; i < length; i++) {
        write(bytes[offset + i]);
      }
    }
  }
}
