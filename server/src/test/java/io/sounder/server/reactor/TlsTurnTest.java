package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Certificates;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.TlsPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns with a connection that speaks TLS, step by step; each in both versions. */
@Timeout(30)
class TlsTurnTest {
  /** A test in TLS 1.3 and in 1.2. */
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  private @interface InEachVersion {}

  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration A_NANO = Duration.ofNanos(1);
  private static final int ENOUGH_STEPS = 50;
  private static final int SETTLED_STEPS = 300; // of a millisecond: the kernel finds room late

  @InEachVersion
  void answersAllThatItHoldsWhileTheSocketIsSilent(String protocol) throws Exception {
    try (SteppedReactor server = server("framing=line");
        Peer peer = server.connect()) {
      TlsPeer tls = secured(server, peer, protocol);
      ByteArrayOutputStream records = new ByteArrayOutputStream();
      for (int i = 0; i < 10; i++) {
        records.writeBytes(tls.encrypted("message " + i + "\n"));
      }
      tls.send(records.toByteArray());
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        expected.append("message ").append(i).append('\n');
      }
      assertEquals(expected.toString(), tls.readText(expected.length(), server::step));
    }
  }

  @InEachVersion
  void answersARecordThatIsLargerThanTheRoomForIt(String protocol) throws Exception {
    byte[] frame = ByteBuffer.allocate(4 + 1000).putInt(1000).array();
    try (SteppedReactor server = server("framing=length");
        Peer peer = server.connect()) {
      TlsPeer tls = secured(server, peer, protocol);
      tls.send(tls.encrypted(Arrays.copyOf(frame, 10)), 1000, server::step);
      ByteBuffer rest = ByteBuffer.allocate(994 + 15 * frame.length);
      rest.put(frame, 10, 994);
      for (int i = 0; i < 15; i++) {
        rest.put(frame);
      }
      tls.send(tls.encrypted(rest.array()));
      byte[] all = tls.read(16 * frame.length, server::step);
      assertArrayEquals(frame, Arrays.copyOfRange(all, 15 * 1004, 16 * 1004));
    }
  }

  @InEachVersion
  void answersWhatCameBeforeAFarewellThatCameWithIt(String protocol) throws Exception {
    try (SteppedReactor server = server("framing=line");
        Peer peer = server.connect()) {
      TlsPeer tls = secured(server, peer, protocol);
      ByteArrayOutputStream records = new ByteArrayOutputStream();
      records.writeBytes(tls.encrypted("first\n"));
      records.writeBytes(tls.encrypted("second\n"));
      records.writeBytes(tls.farewell());
      tls.send(records.toByteArray()); // and no end of the socket's stream
      assertEquals("first\nsecond\n", tls.readTextToEnd(server::step));
      assertTrue(tls.isEndProper(), "our close_notify came");
      server.stepUntil("closed", () -> server.counters.closed(CloseReason.PEER_CLOSED) == 1);
    }
  }

  @InEachVersion
  void distrustsAnEndThatThePeerDidNotSay(String protocol) throws Exception {
    try (SteppedReactor server = server("framing=line");
        Peer peer = server.connect()) {
      TlsPeer tls = secured(server, peer, protocol);
      tls.send(tls.encrypted("whole\ncut o"));
      assertEquals("whole\n", tls.readText(6, server::step));
      peer.channel().shutdownOutput();
      assertEquals("", tls.readTextToEnd(server::step));
      server.stepUntil("closed", () -> server.counters.closed() == 1);
      assertEquals(1, server.counters.closed(CloseReason.TLS_TRUNCATED));
    }
  }

  @InEachVersion
  void saysFarewellBeforeItClosesByItself(String protocol) throws Exception {
    try (SteppedReactor server = server("idle-timeout=1s");
        Peer peer = server.connect()) {
      TlsPeer tls = secured(server, peer, protocol);
      server.moveOn(A_SECOND.minus(A_NANO));
      tls.receive();
      assertFalse(tls.isEndProper());
      server.moveOn(A_NANO);
      tls.readTextToEnd(server::step);
      assertTrue(tls.isEndProper());
      assertEquals(0, server.counters.closed());
      tls.send(new byte[100]); // too late, but no reason for a reset
      server.step();
      peer.channel().shutdownOutput();
      server.stepUntil("closed", () -> server.counters.closed(CloseReason.IDLE_TIMEOUT) == 1);
    }
  }

  @InEachVersion
  void givesARecordTheTimeOfTheMessageThatBeginsInIt(String protocol) throws Exception {
    try (SteppedReactor server = server("framing=line&message-timeout=1s&idle-timeout=300s");
        Peer peer = server.connect()) {
      TlsPeer tls = secured(server, peer, protocol);
      server.advance(Duration.ofSeconds(5)); // nothing is begun
      assertEchoes(tls, server, "hello\n");
      server.advance(Duration.ofSeconds(5));
      server.advance(Duration.ofMillis(500)); // the reactor looks again in the middle of it
      byte[] record = tls.encrypted("never whole\n");
      for (int i = 0; i < 10; i++) {
        assertFalse(isOver(tls), "at byte " + i);
        tls.send(Arrays.copyOfRange(record, i, i + 1), 1, server::step);
        server.moveOn(Duration.ofMillis(100));
      }
      server.stepUntil("parted", () -> isOver(tls));
      peer.channel().close();
      server.stepUntil("closed", () -> server.counters.closed() == 1);
      assertEquals(1, server.counters.closed(CloseReason.MESSAGE_TIMEOUT));
    }
  }

  @InEachVersion
  void givesAMessageNoMoreTimeWithEachRecordThatItIsIn(String protocol) throws Exception {
    try (SteppedReactor server = server("framing=line&message-timeout=1s");
        Peer peer = server.connect()) {
      TlsPeer tls = secured(server, peer, protocol);
      tls.send(tls.encrypted("never"));
      server.stepUntil("read", () -> server.tally().bytesReceived() == 5);
      server.advance(Duration.ofMillis(900));
      tls.send(Arrays.copyOf(tls.encrypted(" whole"), 6), 1, server::step);
      server.moveOn(Duration.ofMillis(100));
      server.stepUntil("parted", () -> isOver(tls));
    }
  }

  private static boolean isOver(TlsPeer tls) {
    tls.receiveOrFail();
    return tls.isEndProper();
  }

  @InEachVersion
  void readsNoMoreFromAPeerThatTakesNothingAndClosesItInTheEnd(String protocol) throws Exception {
    try (SteppedReactor server = server("write-timeout=1s&sndbuf=16KiB&rcvbuf=16KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      TlsPeer tls = secured(server, peer, protocol);
      sendUntilStuck(tls, peer, server);
      long read = server.tally().bytesReceived();
      settle(server);
      assertEquals(read, server.tally().bytesReceived());
      server.advance(A_SECOND.minus(A_NANO));
      assertEquals(1, server.counters.open());
      server.advance(A_NANO);
      assertEquals(1, server.counters.closed(CloseReason.WRITE_TIMEOUT));
    }
  }

  @InEachVersion
  void closesAPeerThatTakesAPartOfARecordAndNoMore(String protocol) throws Exception {
    byte[] oneRecord = new byte[16_000]; // all of it is encrypted at once
    try (SteppedReactor server = server("write-timeout=1s&sndbuf=4KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      TlsPeer tls = secured(server, peer, protocol);
      tls.send(tls.encrypted(oneRecord), 4000, server::step);
      server.stepUntil("read", () -> server.tally().bytesReceived() == oneRecord.length);
      server.stepUntil("encrypted", () -> server.tally().bytesSent() == oneRecord.length);
      server.moveOn(A_SECOND.minus(A_NANO));
      assertEquals(1, server.counters.open());
      server.moveOn(A_NANO);
      assertEquals(1, server.counters.closed(CloseReason.WRITE_TIMEOUT));
    }
  }

  @InEachVersion
  void findsTheEndOfAPeerThatTakesNothing(String protocol) throws Exception {
    try (SteppedReactor server = server("half-close-timeout=1s&write-timeout=off&sndbuf=4KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      TlsPeer tls = deaf(server, peer, protocol, new byte[100_000]);
      tls.send(tls.farewell());
      peer.channel().shutdownOutput();
      settle(server);
      server.moveOn(A_SECOND.minus(A_NANO));
      assertEquals(1, server.counters.open());
      for (int i = 0; i < 20 && server.counters.open() == 1; i++) {
        server.moveOn(A_SECOND); // again, if the kernel has found room for some more meanwhile
      }
      assertEquals(1, server.counters.closed(CloseReason.HALF_CLOSE_TIMEOUT));
    }
  }

  @InEachVersion
  void leavesAPeerOpenThatMayYetSendMoreAndGivesItNoMoreTime(String protocol) throws Exception {
    try (SteppedReactor server = server("half-close-timeout=1s&write-timeout=3s&sndbuf=4KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      byte[] text = new byte[100_000];
      new Random(2).nextBytes(text);
      TlsPeer tls = deaf(server, peer, protocol, text);
      settle(server);
      server.moveOn(A_SECOND); // its end is sought, behind what was not read
      server.moveOn(Duration.ofMillis(100)); // and once more
      assertEquals(1, server.counters.open());
      assertArrayEquals(text, tls.read(text.length, server::step), "nothing is lost by that");
    }
  }

  @InEachVersion
  void takesItForNoProgressThatItLookedForAnEnd(String protocol) throws Exception {
    try (SteppedReactor server = server("half-close-timeout=1s&write-timeout=3s&sndbuf=4KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      deaf(server, peer, protocol, new byte[100_000]);
      int[] steps = {0};
      server.stepUntil("settled", () -> ++steps[0] > SETTLED_STEPS);
      server.moveOn(A_SECOND);
      for (int i = 0; i < 19; i++) {
        server.moveOn(Duration.ofMillis(100));
      }
      assertEquals(1, server.counters.open());
      server.moveOn(Duration.ofMillis(100));
      assertEquals(1, server.counters.closed(CloseReason.WRITE_TIMEOUT));
    }
  }

  @InEachVersion
  void noticesAtOnceThatAPeerIsGoneThatTakesNothing(String protocol) throws Exception {
    try (SteppedReactor server = server("sndbuf=4KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      deaf(server, peer, protocol, new byte[100_000]);
      peer.reset();
      server.stepUntil("closed", () -> server.counters.closed(CloseReason.RESET) == 1);
    }
  }

  @InEachVersion
  void losesNothingWhenAPeerTakesWhatItWasSentMuchLater(String protocol) throws Exception {
    try (SteppedReactor server = server("write-timeout=1s&sndbuf=16KiB&rcvbuf=16KiB");
        Peer peer = server.connectWithSmallBuffers()) {
      TlsPeer tls = secured(server, peer, protocol);
      Sent sent = sendUntilStuck(tls, peer, server);
      server.advance(A_SECOND.minus(A_NANO));
      Runnable step =
          () -> {
            sendRest(sent, peer);
            server.step();
          };
      assertArrayEquals(sent.text().array(), tls.read(sent.text().capacity(), step));
      tls.send(tls.farewell());
      tls.readTextToEnd(server::step);
      assertTrue(tls.isEndProper());
    }
  }

  /**
   * What was sent until nothing moved any more.
   *
   * @param unsent what the socket did not take of the last record
   */
  private record Sent(ByteBuffer text, ByteBuffer unsent) {}

  private static Sent sendUntilStuck(TlsPeer tls, Peer peer, SteppedReactor server)
      throws Exception {
    Random random = new Random(1);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    byte[] text = new byte[3000];
    ByteBuffer record = ByteBuffer.allocate(0);
    int stuck = 0;
    while (stuck < ENOUGH_STEPS) {
      if (!record.hasRemaining()) {
        random.nextBytes(text);
        record = ByteBuffer.wrap(tls.encrypted(text));
        sent.writeBytes(text);
      }
      stuck = peer.channel().write(record) > 0 ? 0 : stuck + 1;
      server.step();
    }
    return new Sent(ByteBuffer.wrap(sent.toByteArray()), record);
  }

  private static void sendRest(Sent sent, Peer peer) {
    try {
      peer.channel().write(sent.unsent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that has sent something and takes nothing of what comes back. */
  private static TlsPeer deaf(SteppedReactor server, Peer peer, String protocol, byte[] sent)
      throws Exception {
    TlsPeer tls = secured(server, peer, protocol);
    tls.send(tls.encrypted(sent), 10_000, server::step);
    return tls;
  }

  private static void settle(SteppedReactor server) {
    for (int i = 0; i < ENOUGH_STEPS; i++) {
      server.step();
    }
  }

  /** A client, when the server knows too that hands are shaken. */
  private static TlsPeer secured(SteppedReactor server, Peer peer, String protocol)
      throws Exception {
    TlsPeer tls = new TlsPeer(peer, protocol).shakeHands(server::step);
    server.stepUntil("secured", () -> server.counters.secured() == 1);
    return tls;
  }

  private static SteppedReactor server(String query) throws Exception {
    return new SteppedReactor(Certificates.listener(query));
  }

  private static void assertEchoes(TlsPeer tls, SteppedReactor server, String text)
      throws Exception {
    tls.send(tls.encrypted(text));
    assertEquals(text, tls.readText(text.length(), server::step));
  }
}
