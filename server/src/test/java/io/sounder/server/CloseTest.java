package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Eventually;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How connections end: what was answered arrives, the reason is counted, others are served. */
@Timeout(60)
class CloseTest {
  /** More than the largest read and all buffers on the way take, and less than is discarded. */
  private static final int UNREAD_BYTES = 1_000_000;

  private static final String MAX_FRAME = "framing=length&max-frame=1000B";

  static Stream<Arguments> closesWithUnreadInput() {
    return Stream.of(Transport.values())
        .flatMap(
            transport ->
                Stream.of(
                    Arguments.of(transport, "framing=line&close-after=1", CloseReason.CLOSE_AFTER),
                    Arguments.of(
                        transport, "framing=line&max-frame=100B", CloseReason.FRAME_TOO_LONG)));
  }

  @ParameterizedTest
  @MethodSource("closesWithUnreadInput")
  void losesNoReplyToInputThatWasNotRead(Transport transport, String keys, CloseReason reason)
      throws Exception {
    closeWithUnreadInput(30, transport, keys, reason);
  }

  @ParameterizedTest
  @MethodSource("closesWithUnreadInput")
  @Tag("soak")
  void losesNoneOfAThousandRepliesToInputThatWasNotRead(
      Transport transport, String keys, CloseReason reason) throws Exception {
    closeWithUnreadInput(1_000, transport, keys, reason);
  }

  private static void closeWithUnreadInput(
      int times, Transport transport, String keys, CloseReason reason) throws Exception {
    byte[] unread = new byte[UNREAD_BYTES];
    Arrays.fill(unread, (byte) 'x');
    try (RunningServer server = RunningServer.on(transport.listener(keys + "&rcvbuf=64KiB"))) {
      for (int i = 1; i <= times; i++) {
        try (Peer peer = server.connectWithSmallBuffers()) {
          ByteBuffer all = ByteBuffer.allocate(6 + unread.length);
          all.put(new byte[] {'f', 'i', 'n', 'a', 'l', '\n'}).put(unread);
          peer.send(all.array());
          assertEquals("final\n", peer.readTextToEnd());
        }
        server.awaitClosed(reason, i);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,          true",
    "1,          true",
    "999,        true",
    "1000,       true",
    "1001,       false",
    "2147483647, false",
    "2147483648, false",
    "4294967295, false",
  })
  void judgesALengthAsSoonAsItIsThere(long length, boolean fits) throws Exception {
    try (RunningServer server = RunningServer.on("tcp://127.0.0.1:0?" + MAX_FRAME);
        Peer peer = server.connect()) {
      byte[] header = ByteBuffer.allocate(4).putInt((int) length).array();
      peer.send(header);
      if (fits) {
        byte[] message = new byte[(int) length];
        assertArrayEquals(header, peer.send(message).read(4));
        assertArrayEquals(message, peer.read((int) length));
      } else {
        assertArrayEquals(new byte[0], peer.readToEnd());
        peer.leave();
        server.awaitClosed(CloseReason.FRAME_TOO_LONG, 1);
      }
    }
  }

  @Test
  void answersWhatCameBeforeAFrameThatIsTooLong() throws Exception {
    try (RunningServer server = RunningServer.on("tcp://127.0.0.1:0?" + MAX_FRAME);
        Peer peer = server.connect()) {
      peer.send("\0\0\0\2hi\177\0\0\0and more");
      assertEquals("\0\0\0\2hi", peer.readTextToEnd());
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "4", "9"})
  void countsAFrameThatIsCutShort(int sent) throws Exception {
    byte[] frame = {0, 0, 0, 6, 'a', 'b', 'c', 'd', 'e', 'f'};
    try (RunningServer server = RunningServer.on("tcp://127.0.0.1:0?framing=length");
        Peer peer = server.connect()) {
      peer.send(Arrays.copyOf(frame, sent)).shutdownOutput();
      assertArrayEquals(new byte[0], peer.readToEnd());
      server.awaitClosed(CloseReason.TRUNCATED, 1);
    }
  }

  @Test
  void endsALineThatNeverEndsWithoutKeepingIt() throws Exception {
    byte[] endless = new byte[1 << 20];
    Arrays.fill(endless, (byte) 'x');
    try (RunningServer server = RunningServer.on("tcp://127.0.0.1:0?framing=line&max-frame=8KiB");
        Peer peer = server.connect();
        Peer other = server.connect()) {
      try {
        for (int i = 0; i < 16; i++) {
          peer.send(endless);
        }
      } catch (IOException e) {
        assertTrue(server.bytesReceived() <= 2 << 20, "cut off after " + server.bytesReceived());
      }
      server.awaitClosed(CloseReason.FRAME_TOO_LONG, 1);
      other.assertEchoes("still served\n");
    }
  }

  @Test
  void countsAResetAndServesTheOthers() throws Exception {
    try (RunningServer server = RunningServer.on("tcp://127.0.0.1:0");
        Peer other = server.connect()) {
      for (int i = 0; i < 100; i++) {
        Peer peer = server.connect();
        peer.assertEchoes("hello");
        peer.reset();
      }
      server.awaitClosed(CloseReason.RESET, 100);
      other.assertEchoes("still served");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void survivesTwoThousandThatConnectAndLeaveAtOnce(Transport transport) throws Exception {
    int visitors = 2_000;
    try (RunningServer server = RunningServer.on(transport.listener(""));
        Peer other = server.connect()) {
      for (int i = 0; i < visitors; i++) {
        server.connect().leave();
      }
      Eventually.equal(visitors, "connections closed", () -> server.counters().closed());
      assertEquals(1, server.counters().open());
      other.assertEchoes("still served");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void holdsLittleForAPeerThatNeverReadsAndClosesItInTheEnd(Transport transport) throws Exception {
    try (RunningServer server =
            RunningServer.on(transport.listener("write-timeout=300ms&sndbuf=64KiB&rcvbuf=64KiB"));
        Peer deaf = server.connectWithSmallBuffers();
        Peer other = server.connect()) {
      CompletableFuture<Void> sending = deaf.sendMeanwhile(new byte[64 << 20], false);
      server.awaitClosed(CloseReason.WRITE_TIMEOUT, 1);
      long received = server.bytesReceived();
      assertTrue(
          received < 16 << 20, "the kernel's buffers and one read's worth, but not " + received);
      deaf.channel().close();
      assertThrows(ExecutionException.class, () -> sending.get(10, TimeUnit.SECONDS));
      other.assertEchoes("served as before");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void answersAtTheEndWhatItWasSentAndLosesNothing(Transport transport) throws Exception {
    List<Peer> peers = new ArrayList<>();
    byte[] sent = new byte[40_000];
    Arrays.fill(sent, (byte) 'x');
    RunningServer server = RunningServer.on(transport.listener("framing=line"));
    try (server) {
      for (int i = 0; i < 50; i++) {
        peers.add(server.connect());
      }
      Eventually.equal(50, "connections open", () -> server.counters().open());
      sent[sent.length - 1] = '\n';
      for (Peer peer : peers) {
        peer.send(sent);
      }
      server.server().requestDrain();
      for (Peer peer : peers) {
        assertArrayEquals(sent, peer.readToEnd());
        peer.leave();
      }
      server.server().awaitTermination();
      assertEquals(50, server.counters().closed(CloseReason.DRAIN));
      assertEquals(0, server.counters().open());
    }
  }
}
