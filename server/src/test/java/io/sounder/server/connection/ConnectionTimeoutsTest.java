package io.sounder.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fault.Treatment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a connection is looked at again, and which of its time-outs has passed then. */
class ConnectionTimeoutsTest {
  private static final String LIMITS =
      "framing=length&idle-timeout=9s&message-timeout=3s&write-timeout=5s";

  private final MadeConnections made = new MadeConnections();

  @AfterEach
  void closeThem() {
    made.close();
  }

  @Test
  void givesAHandshakeItsOwnTimeAndNoOther() {
    Connection connection = made.connection("tls", "handshake-timeout=7s&idle-timeout=2s");
    made.advance(6);
    assertPassed(null, connection);
    connection.onActive(made.clock.nanoTime());
    made.advance(1);
    assertPassed(CloseReason.HANDSHAKE_TIMEOUT, connection);
    connection.onSecured();
    assertPassed(null, connection);
    made.advance(1);
    assertPassed(CloseReason.IDLE_TIMEOUT, connection);
  }

  @Test
  void timesAHandshakeFromThePeerThatAProxyNamed() {
    Connection connection = made.connection("tls", "proxy-protocol=required&handshake-timeout=7s");
    made.advance(20);
    connection.onPeerAdmitted(made.clock.nanoTime());
    assertPassesIn(7, CloseReason.HANDSHAKE_TIMEOUT, connection);
  }

  @Test
  void isLookedAtInTimeAlsoWhereTheHandshakeIsOverSoon() {
    Connection connection = made.connection("tls", "handshake-timeout=7s&idle-timeout=2s");
    made.advance(5);
    assertEquals(2, secondsToLook(connection));
    made.advance(1);
    assertEquals(1, secondsToLook(connection));
  }

  @Test
  void givesAHandshakeTheIdleTimeWhereItHasNoneOfItsOwn() {
    Connection connection = made.connection("tls", "handshake-timeout=off&idle-timeout=2s");
    assertPassesIn(2, CloseReason.IDLE_TIMEOUT, connection);
  }

  @Test
  void isIdleFromTheLastByteOn() {
    Connection connection = made.connection(LIMITS);
    made.advance(8);
    connection.onActive(made.clock.nanoTime());
    assertPassesIn(9, CloseReason.IDLE_TIMEOUT, connection);
  }

  @Test
  void seeksTheEndOfAPeerThatTakesNothingOncePerStall() {
    Connection connection = made.connection("half-close-timeout=3s");
    assertFalse(connection.mustSeekEnd(made.clock.nanoTime()));
    connection.output(ByteBuffer.allocate(8));
    for (int stall = 0; stall < 3; stall++) {
      connection.onActive(made.clock.nanoTime());
      assertEquals(3, secondsToLook(connection));
      made.advance(2);
      assertFalse(connection.mustSeekEnd(made.clock.nanoTime()));
      made.advance(1);
      assertTrue(connection.mustSeekEnd(made.clock.nanoTime()));
      assertPassed(null, connection);
      connection.onEndSought();
      assertFalse(connection.mustSeekEnd(made.clock.nanoTime()));
      assertEquals(57, secondsToLook(connection), "the write time-out's");
    }
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void isNeverLookedAtForNothingAndAgainAtOnce(Phase phase) {
    Connection connection = made.in(phase);
    connection.output(ByteBuffer.allocate(8));
    connection.onActive(made.clock.nanoTime());
    connection.onLingering(made.clock.nanoTime());
    for (int seconds = 0; passed(connection) == null && seconds < 400; seconds++) {
      long now = made.clock.nanoTime();
      boolean hasToDo = connection.mustSeekEnd(now);
      assertTrue(hasToDo || connection.nextLookNanos(now) - now > 0, "after " + seconds + " s");
      if (hasToDo) {
        connection.onEndSought();
      }
      made.advance(1);
    }
  }

  @Test
  void hasLessTimeForAPeerWhoseEndWasRead() {
    Connection connection = made.connection("framing=line&half-close-timeout=3s");
    connection.output(ByteBuffer.allocate(8));
    connection.moveTo(Phase.FINISHING);
    assertFalse(connection.mustSeekEnd(made.clock.nanoTime()));
    made.advance(2);
    assertPassed(null, connection);
    assertEquals(1, secondsToLook(connection));
    made.advance(1);
    assertPassed(CloseReason.HALF_CLOSE_TIMEOUT, connection);
  }

  @Test
  void timesAMessageFromItsBeginning() {
    Connection connection = made.connection(LIMITS);
    connection.input(ByteBuffer.allocate(8));
    connection.onMessageBegun(made.clock.nanoTime());
    made.advance(2);
    connection.onActive(made.clock.nanoTime());
    assertPassed(null, connection);
    made.advance(1);
    assertPassed(CloseReason.MESSAGE_TIMEOUT, connection);
  }

  @Test
  void timesNoMessageThatWaitsForUsOnly() {
    Connection connection = made.connection(LIMITS);
    connection.input(ByteBuffer.allocate(8));
    connection.undecoded(true);
    connection.onMessageBegun(made.clock.nanoTime());
    made.advance(4);
    assertPassed(null, connection);
  }

  @Test
  void timesAReplyFromItsLastProgress() {
    Connection connection = made.connection(LIMITS);
    connection.output(ByteBuffer.allocate(8));
    connection.onActive(made.clock.nanoTime());
    made.advance(4);
    connection.onActive(made.clock.nanoTime());
    assertPassesIn(5, CloseReason.WRITE_TIMEOUT, connection);
  }

  @Test
  void timesAProxyHeaderFromTheBeginning() {
    Connection connection = made.connection(LIMITS + "&proxy-protocol=required");
    made.advance(2);
    connection.onActive(made.clock.nanoTime());
    assertPassed(null, connection);
    made.advance(1);
    assertPassed(CloseReason.PROXY_TIMEOUT, connection);
  }

  @ParameterizedTest
  @ValueSource(strings = {"framing=line&message-timeout=off", "message-timeout=off"})
  void givesAProxyHeaderTenSecondsWhereMessagesMayTakeForEver(String keys) {
    Connection connection = made.connection(keys + "&proxy-protocol=required&idle-timeout=off");
    assertPassesIn(10, CloseReason.PROXY_TIMEOUT, connection);
  }

  @Test
  void timesNoMessageThatMayTakeForEverAfterItsProxyHeader() {
    Connection connection = made.connection("message-timeout=1s&proxy-protocol=required");
    connection.onPeerAdmitted(made.clock.nanoTime());
    connection.input(ByteBuffer.allocate(8));
    made.advance(100);
    assertPassed(null, connection);
  }

  @Test
  void lingersForTwoSecondsWhateverElseHasPassed() {
    Connection connection = made.connection(LIMITS);
    made.advance(100);
    connection.part(CloseReason.IDLE_TIMEOUT);
    connection.moveTo(Phase.LINGERING);
    connection.onLingering(made.clock.nanoTime());
    made.clock.advance(Duration.ofSeconds(2).minusNanos(1));
    assertPassed(null, connection);
    made.clock.advance(Duration.ofNanos(1));
    assertPassed(CloseReason.IDLE_TIMEOUT, connection);
  }

  @Test
  void blamesNobodyForAReplyThatWaitsForItsTime() {
    Connection connection = made.connection(LIMITS);
    connection.input(ByteBuffer.allocate(8));
    connection.onMessageBegun(made.clock.nanoTime());
    long dueNanos = made.clock.nanoTime() + Duration.ofSeconds(100).toNanos();
    connection.faults().hold(new Treatment(null, true, false, 0, dueNanos), 0);
    assertEquals(dueNanos, connection.nextLookNanos(made.clock.nanoTime()));
    made.advance(99);
    assertPassed(null, connection);
    assertFalse(connection.isDue(made.clock.nanoTime()));
    made.advance(1);
    assertPassed(null, connection);
    assertTrue(connection.isDue(made.clock.nanoTime()));
    connection.faults().onSent(0);
    assertPassed(CloseReason.MESSAGE_TIMEOUT, connection);
  }

  @Test
  void waitsForThePeerAndNotForTheTimeWhileItTakesNothing() {
    Connection connection = made.connection(LIMITS);
    connection.faults().hold(new Treatment(null, true, false, 0, made.clock.nanoTime()), 0);
    connection.output(ByteBuffer.allocate(8));
    assertFalse(connection.isHolding());
    assertFalse(connection.isDue(made.clock.nanoTime()));
    made.advance(5);
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
      Connection connection = made.in(phase, limits.get(random.nextInt(limits.size())));
      connection.onMessageBegun(made.clock.nanoTime());
      connection.onActive(made.clock.nanoTime());
      connection.onLingering(made.clock.nanoTime());
      connection.input(random.nextBoolean() ? ByteBuffer.allocate(1) : null);
      connection.output(random.nextBoolean() ? ByteBuffer.allocate(1) : null);
      connection.undecoded(random.nextBoolean());
      long last = connection.nextLookNanos(made.clock.nanoTime());
      made.clock.advance(Duration.ofMillis(random.nextInt(12_000)));
      long now = made.clock.nanoTime();
      if (connection.passedDeadline(now) == null) {
        assertTrue(connection.nextLookNanos(now) - now > 0, phase + " in round " + i);
      } else {
        assertTrue(last - now <= 0, phase + " would have been seen too late in round " + i);
      }
    }
  }

  private void assertPassed(CloseReason reason, Connection connection) {
    assertEquals(reason, connection.passedDeadline(made.clock.nanoTime()));
  }

  private CloseReason passed(Connection connection) {
    return connection.passedDeadline(made.clock.nanoTime());
  }

  private void assertPassesIn(int seconds, CloseReason reason, Connection connection) {
    made.advance(seconds - 1);
    assertPassed(null, connection);
    made.advance(1);
    assertPassed(reason, connection);
  }

  private long secondsToLook(Connection connection) {
    long nowNanos = made.clock.nanoTime();
    return Duration.ofNanos(connection.nextLookNanos(nowNanos) - nowNanos).toSeconds();
  }
}
