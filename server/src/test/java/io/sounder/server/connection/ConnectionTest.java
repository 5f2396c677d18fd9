package io.sounder.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a conversation has come, and why it ends. */
class ConnectionTest {
  private final MadeConnections made = new MadeConnections();

  @AfterEach
  void closeThem() {
    made.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"greeting=hello", "close-after=0", "reply=time"})
  void beginsWithAGreetingWhereTheListenerSpeaksFirst(String keys) {
    assertEquals(Phase.GREETING, made.connection(keys).phase());
  }

  @ParameterizedTest
  @ValueSource(strings = {"greeting=hello", "reply=echo", "reply=time"})
  void beginsWithAProxyHeaderWhereTheListenerWantsOne(String keys) {
    Connection connection = made.connection("proxy-protocol=required&" + keys);
    assertEquals(Phase.PROXY, connection.phase());
    connection.onPeerAdmitted(made.clock.nanoTime());
    assertEquals(keys.equals("reply=echo") ? Phase.OPEN : Phase.GREETING, connection.phase());
  }

  @Test
  void beginsOpenWhereThePeerSpeaksFirst() {
    assertEquals(Phase.OPEN, made.connection("reply=echo&close-after=1").phase());
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
      Connection connection = made.in(from);
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
    Connection connection = made.in(phase);
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
    Connection connection = made.connection("tls", keys);
    assertEquals(Phase.HANDSHAKE, connection.phase());
    assertTrue(connection.isHeavy());
    connection.onSecured();
    assertEquals(next, connection.phase());
    assertFalse(connection.isHeavy());
  }

  @Test
  void keepsTheFirstReason() {
    Connection connection = made.connection("");
    connection.decideClose(CloseReason.FRAME_TOO_LONG);
    connection.decideClose(CloseReason.RESET);
    assertEquals(CloseReason.FRAME_TOO_LONG, connection.closeReason());
  }

  @Test
  void partsAfterAsManyMessagesAsItsListenerTakes() {
    Connection connection = made.connection("close-after=2");
    connection.onMessageAnswered();
    assertEquals(Phase.OPEN, connection.phase());
    connection.onMessageAnswered();
    assertEquals(Phase.PARTING, connection.phase());
    assertEquals(CloseReason.CLOSE_AFTER, connection.closeReason());
  }

  @Test
  void discardsNoMoreThanAMebibyteWhileLingering() {
    Connection connection = made.connection("");
    assertTrue(connection.mayLingerOn((1 << 20) - 1));
    assertFalse(connection.mayLingerOn(1));
  }
}
