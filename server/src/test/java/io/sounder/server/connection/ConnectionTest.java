package io.sounder.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.fault.Treatment;
import io.sounder.server.fixture.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a conversation has come, and when it is looked at again. */
class ConnectionTest {
  private static final String LIMITS =
      "framing=length&idle-timeout=9s&message-timeout=3s&write-timeout=5s";

  private final ManualClock clock = new ManualClock();
  private SocketChannel channel;

  @BeforeEach
  void openChannel() throws IOException {
    channel = SocketChannel.open();
  }

  @AfterEach
  void closeChannel() throws IOException {
    channel.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"greeting=hello", "close-after=0", "reply=time"})
  void beginsWithAGreetingWhereTheListenerSpeaksFirst(String keys) {
    assertEquals(Phase.GREETING, connection(keys).phase());
  }

  @ParameterizedTest
  @ValueSource(strings = {"greeting=hello", "reply=echo", "reply=time"})
  void beginsWithAProxyHeaderWhereTheListenerWantsOne(String keys) {
    Connection connection = connection("proxy-protocol=required&" + keys);
    assertEquals(Phase.PROXY, connection.phase());
    connection.onPeerAdmitted(clock.nanoTime());
    assertEquals(keys.equals("reply=echo") ? Phase.OPEN : Phase.GREETING, connection.phase());
  }

  @Test
  void beginsOpenWhereThePeerSpeaksFirst() {
    assertEquals(Phase.OPEN, connection("reply=echo&close-after=1").phase());
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void movesOnlyAsItsDrawingShows(Phase from) {
    Set<Phase> legal =
        switch (from) {
          case PROXY ->
              EnumSet.of(
                  Phase.HANDSHAKE, Phase.GREETING, Phase.OPEN, Phase.FINISHING, Phase.PARTING);
          case HANDSHAKE -> EnumSet.of(Phase.GREETING, Phase.OPEN, Phase.PARTING);
          case GREETING -> EnumSet.of(Phase.OPEN, Phase.PARTING, Phase.RESETTING);
          case OPEN -> EnumSet.of(Phase.FINISHING, Phase.PARTING, Phase.RESETTING);
          case FINISHING -> EnumSet.of(Phase.RESETTING);
          case LINGERED, RESETTING -> EnumSet.noneOf(Phase.class);
          case PARTING -> EnumSet.of(Phase.LINGERING, Phase.RESETTING);
          case LINGERING -> EnumSet.of(Phase.LINGERED);
        };
    for (Phase to : Phase.values()) {
      Connection connection = in(from);
      if (legal.contains(to)) {
        connection.moveTo(to);
        assertEquals(to, connection.phase());
      } else {
        assertThrows(IllegalStateException.class, () -> connection.moveTo(to), from + " to " + to);
        assertEquals(from, connection.phase());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void partsOnlyWhereTheEndHasNotBegun(Phase phase) {
    Connection connection = in(phase);
    CloseReason before = connection.closeReason();
    connection.part(CloseReason.DRAIN);
    boolean parts =
        EnumSet.of(Phase.PROXY, Phase.HANDSHAKE, Phase.GREETING, Phase.OPEN).contains(phase);
    assertEquals(parts ? Phase.PARTING : phase, connection.phase());
    assertEquals(parts ? CloseReason.DRAIN : before, connection.closeReason());
    assertTrue(connection.isPastSaving());
  }

  @ParameterizedTest
  @CsvSource({"greeting=hello, GREETING", "reply=ok, OPEN"})
  void beginsWithAHandshakeWhichIsHeavyWhereTlsIsSpoken(String keys, Phase next) {
    Connection connection = connection("tls", keys);
    assertEquals(Phase.HANDSHAKE, connection.phase());
    assertTrue(connection.isHeavy());
    connection.onSecured();
    assertEquals(next, connection.phase());
    assertFalse(connection.isHeavy());
  }

  @Test
  void givesAHandshakeItsOwnTimeAndNoOther() {
    Connection connection = connection("tls", "handshake-timeout=7s&idle-timeout=2s");
    advance(6);
    assertPassed(null, connection);
    connection.onActive(clock.nanoTime());
    advance(1);
    assertPassed(CloseReason.HANDSHAKE_TIMEOUT, connection);
    connection.onSecured();
    assertPassed(null, connection);
    advance(1);
    assertPassed(CloseReason.IDLE_TIMEOUT, connection);
  }

  @Test
  void timesAHandshakeFromThePeerThatAProxyNamed() {
    Connection connection = connection("tls", "proxy-protocol=required&handshake-timeout=7s");
    advance(20);
    connection.onPeerAdmitted(clock.nanoTime());
    advance(6);
    assertPassed(null, connection);
    advance(1);
    assertPassed(CloseReason.HANDSHAKE_TIMEOUT, connection);
  }

  @Test
  void isLookedAtInTimeAlsoWhereTheHandshakeIsOverSoon() {
    Connection connection = connection("tls", "handshake-timeout=7s&idle-timeout=2s");
    advance(5);
    assertEquals(2, secondsToNextLook(connection));
    advance(1);
    assertEquals(1, secondsToNextLook(connection));
  }

  private long secondsToNextLook(Connection connection) {
    long nowNanos = clock.nanoTime();
    return Duration.ofNanos(connection.nextLookNanos(nowNanos) - nowNanos).toSeconds();
  }

  @Test
  void givesAHandshakeTheIdleTimeWhereItHasNoneOfItsOwn() {
    Connection connection = connection("tls", "handshake-timeout=off&idle-timeout=2s");
    advance(1);
    assertPassed(null, connection);
    advance(1);
    assertPassed(CloseReason.IDLE_TIMEOUT, connection);
  }

  @Test
  void keepsTheFirstReason() {
    Connection connection = connection("");
    connection.decideClose(CloseReason.FRAME_TOO_LONG);
    connection.decideClose(CloseReason.RESET);
    assertEquals(CloseReason.FRAME_TOO_LONG, connection.closeReason());
  }

  @Test
  void partsAfterAsManyMessagesAsItsListenerTakes() {
    Connection connection = connection("close-after=2");
    connection.onMessageAnswered();
    assertEquals(Phase.OPEN, connection.phase());
    connection.onMessageAnswered();
    assertEquals(Phase.PARTING, connection.phase());
    assertEquals(CloseReason.CLOSE_AFTER, connection.closeReason());
  }

  @Test
  void discardsNoMoreThanAMebibyteWhileLingering() {
    Connection connection = connection("");
    assertTrue(connection.mayLingerOn((1 << 20) - 1));
    assertFalse(connection.mayLingerOn(1));
  }

  @Test
  void isIdleFromTheLastByteOn() {
    Connection connection = connection(LIMITS);
    advance(8);
    connection.onActive(clock.nanoTime());
    advance(8);
    assertPassed(null, connection);
    advance(1);
    assertPassed(CloseReason.IDLE_TIMEOUT, connection);
  }

  @Test
  void seeksTheEndOfAPeerThatTakesNothingOncePerStall() {
    Connection connection = connection("half-close-timeout=3s");
    assertFalse(connection.mustSeekEnd(clock.nanoTime()));
    connection.output(ByteBuffer.allocate(8));
    for (int stall = 0; stall < 3; stall++) {
      connection.onActive(clock.nanoTime());
      assertEquals(3, secondsToLook(connection));
      advance(2);
      assertFalse(connection.mustSeekEnd(clock.nanoTime()));
      advance(1);
      assertTrue(connection.mustSeekEnd(clock.nanoTime()));
      assertPassed(null, connection);
      connection.onEndSought();
      assertFalse(connection.mustSeekEnd(clock.nanoTime()));
      assertEquals(57, secondsToLook(connection), "the write time-out's");
    }
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void isNeverLookedAtForNothingAndAgainAtOnce(Phase phase) {
    Connection connection = in(phase);
    connection.output(ByteBuffer.allocate(8));
    connection.onActive(clock.nanoTime());
    connection.onLingering(clock.nanoTime());
    for (int seconds = 0; passed(connection) == null && seconds < 400; seconds++) {
      long now = clock.nanoTime();
      boolean hasToDo = connection.mustSeekEnd(now);
      assertTrue(hasToDo || connection.nextLookNanos(now) - now > 0, "after " + seconds + " s");
      if (hasToDo) {
        connection.onEndSought();
      }
      advance(1);
    }
  }

  @Test
  void hasLessTimeForAPeerWhoseEndWasRead() {
    Connection connection = connection("framing=line&half-close-timeout=3s");
    connection.output(ByteBuffer.allocate(8));
    connection.moveTo(Phase.FINISHING);
    assertFalse(connection.mustSeekEnd(clock.nanoTime()));
    advance(2);
    assertPassed(null, connection);
    assertEquals(1, secondsToLook(connection));
    advance(1);
    assertPassed(CloseReason.HALF_CLOSE_TIMEOUT, connection);
  }

  @Test
  void timesAMessageFromItsBeginning() {
    Connection connection = connection(LIMITS);
    connection.input(ByteBuffer.allocate(8));
    connection.onMessageBegun(clock.nanoTime());
    advance(2);
    connection.onActive(clock.nanoTime());
    assertPassed(null, connection);
    advance(1);
    assertPassed(CloseReason.MESSAGE_TIMEOUT, connection);
  }

  @Test
  void timesNoMessageThatWaitsForUsOnly() {
    Connection connection = connection(LIMITS);
    connection.input(ByteBuffer.allocate(8));
    connection.undecoded(true);
    connection.onMessageBegun(clock.nanoTime());
    advance(4);
    assertPassed(null, connection);
  }

  @Test
  void timesAReplyFromItsLastProgress() {
    Connection connection = connection(LIMITS);
    connection.output(ByteBuffer.allocate(8));
    connection.onActive(clock.nanoTime());
    advance(4);
    connection.onActive(clock.nanoTime());
    advance(4);
    assertPassed(null, connection);
    advance(1);
    assertPassed(CloseReason.WRITE_TIMEOUT, connection);
  }

  @Test
  void timesAProxyHeaderFromTheBeginning() {
    Connection connection = connection(LIMITS + "&proxy-protocol=required");
    advance(2);
    connection.onActive(clock.nanoTime());
    assertPassed(null, connection);
    advance(1);
    assertPassed(CloseReason.PROXY_TIMEOUT, connection);
  }

  @ParameterizedTest
  @ValueSource(strings = {"framing=line&message-timeout=off", "message-timeout=off"})
  void givesAProxyHeaderTenSecondsWhereMessagesMayTakeForEver(String keys) {
    Connection connection = connection(keys + "&proxy-protocol=required&idle-timeout=off");
    advance(9);
    assertPassed(null, connection);
    advance(1);
    assertPassed(CloseReason.PROXY_TIMEOUT, connection);
  }

  @Test
  void timesNoMessageThatMayTakeForEverAfterItsProxyHeader() {
    Connection connection = connection("message-timeout=1s&proxy-protocol=required");
    connection.onPeerAdmitted(clock.nanoTime());
    connection.input(ByteBuffer.allocate(8));
    advance(100);
    assertPassed(null, connection);
  }

  @Test
  void lingersForTwoSecondsWhateverElseHasPassed() {
    Connection connection = connection(LIMITS);
    advance(100);
    connection.part(CloseReason.IDLE_TIMEOUT);
    connection.moveTo(Phase.LINGERING);
    connection.onLingering(clock.nanoTime());
    clock.advance(Duration.ofSeconds(2).minusNanos(1));
    assertPassed(null, connection);
    clock.advance(Duration.ofNanos(1));
    assertPassed(CloseReason.IDLE_TIMEOUT, connection);
  }

  @Test
  void blamesNobodyForAReplyThatWaitsForItsTime() {
    Connection connection = connection(LIMITS);
    connection.input(ByteBuffer.allocate(8));
    connection.onMessageBegun(clock.nanoTime());
    long dueNanos = clock.nanoTime() + Duration.ofSeconds(100).toNanos();
    connection.faults().hold(new Treatment(null, true, false, 0, dueNanos), 0);
    assertEquals(dueNanos, connection.nextLookNanos(clock.nanoTime()));
    advance(99);
    assertPassed(null, connection);
    assertFalse(connection.isDue(clock.nanoTime()));
    advance(1);
    assertPassed(null, connection);
    assertTrue(connection.isDue(clock.nanoTime()));
    connection.faults().onSent(0);
    assertPassed(CloseReason.MESSAGE_TIMEOUT, connection);
  }

  @Test
  void waitsForThePeerAndNotForTheTimeWhileItTakesNothing() {
    Connection connection = connection(LIMITS);
    connection.faults().hold(new Treatment(null, true, false, 0, clock.nanoTime()), 0);
    connection.output(ByteBuffer.allocate(8));
    assertFalse(connection.isHolding());
    assertFalse(connection.isDue(clock.nanoTime()));
    advance(5);
    assertPassed(CloseReason.WRITE_TIMEOUT, connection);
  }

  /** Otherwise the reactor would look again at once, for ever. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void isNeverLookedAtAgainBeforeTheNextDeadlineCanHavePassed(long seed) {
    Random random = new Random(seed);
    List<String> limits = List.of(LIMITS, "", "idle-timeout=off&write-timeout=off");
    List<Phase> phases = List.of(Phase.values());
    for (int i = 0; i < 5_000; i++) {
      Phase phase = phases.get(random.nextInt(phases.size()));
      Connection connection = in(phase, limits.get(random.nextInt(limits.size())));
      connection.onMessageBegun(clock.nanoTime());
      connection.onActive(clock.nanoTime());
      connection.onLingering(clock.nanoTime());
      connection.input(random.nextBoolean() ? ByteBuffer.allocate(1) : null);
      connection.output(random.nextBoolean() ? ByteBuffer.allocate(1) : null);
      connection.undecoded(random.nextBoolean());
      long last = connection.nextLookNanos(clock.nanoTime());
      clock.advance(Duration.ofMillis(random.nextInt(12_000)));
      long now = clock.nanoTime();
      if (connection.passedDeadline(now) == null) {
        assertTrue(connection.nextLookNanos(now) - now > 0, phase + " in round " + i);
      } else {
        assertTrue(last - now <= 0, phase + " would have been seen too late in round " + i);
      }
    }
  }

  private void assertPassed(CloseReason reason, Connection connection) {
    assertEquals(reason, connection.passedDeadline(clock.nanoTime()));
  }

  private CloseReason passed(Connection connection) {
    return connection.passedDeadline(clock.nanoTime());
  }

  private long secondsToLook(Connection connection) {
    long nowNanos = clock.nanoTime();
    return Duration.ofNanos(connection.nextLookNanos(nowNanos) - nowNanos).toSeconds();
  }

  private void advance(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  private Connection in(Phase phase) {
    return in(phase, "");
  }

  private Connection in(Phase phase, String keys) {
    String scheme = phase == Phase.HANDSHAKE ? "tls" : "tcp";
    String proxy = phase == Phase.PROXY ? "&proxy-protocol=required" : "";
    Connection connection = connection(scheme, keys + "&greeting=hello" + proxy);
    switch (phase) {
      case PROXY, HANDSHAKE, GREETING -> {}
      case OPEN -> connection.moveTo(Phase.OPEN);
      case FINISHING -> {
        connection.moveTo(Phase.OPEN);
        connection.moveTo(Phase.FINISHING);
      }
      case RESETTING -> connection.moveTo(Phase.RESETTING);
      case PARTING, LINGERING, LINGERED -> {
        connection.part(CloseReason.CLOSE_AFTER);
        if (phase != Phase.PARTING) {
          connection.moveTo(Phase.LINGERING);
        }
        if (phase == Phase.LINGERED) {
          connection.moveTo(Phase.LINGERED);
        }
      }
    }
    return connection;
  }

  private Connection connection(String keys) {
    return connection("tcp", keys);
  }

  private Connection connection(String scheme, String keys) {
    String all = (scheme.equals("tls") ? "&cert=c.pem&key=k.pem" : "") + "&" + keys;
    String query = all.replaceFirst("^&+", "").replace("&&", "&").replaceFirst("&$", "");
    ListenerSpec spec =
        ListenerSpec.parse(scheme + "://127.0.0.1:0" + (query.isEmpty() ? "" : "?" + query));
    Listener listener = new Listener(spec, spec.endpoint(), 9, "host", InstantSource.system());
    return new Connection(channel, listener, clock.nanoTime(), (connection, now) -> {});
  }
}
