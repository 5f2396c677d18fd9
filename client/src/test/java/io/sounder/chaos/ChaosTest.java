package io.sounder.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.chaos.Schedule.Ending;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.framing.Framing;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conversations over links that slice, delay, throttle, close, reset or swallow what passes. */
@Timeout(600)
class ChaosTest {
  private static final int SEEDS = 1_000;
  private static final int INPUT_PIECE_BYTES = 64 << 10; // what the client sends of it at once

  /** Nobody is given up who only is slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration IMPATIENCE = Duration.ofMillis(50);

  @Test
  void givesAnExactBeginningAndTellsWhatIsMissing() throws Exception {
    Lanes.run(SEEDS, 1, ChaosTest::converse);
  }

  private static void converse(Lane lane, long seed) {
    Random random = new Random(seed);
    Talk talk = Talk.draw(random);
    Schedule schedule = Schedule.draw(random, talk.wire().length);
    boolean isHopeless = schedule.ending() == Ending.BLACK_HOLE;
    Heard heard = lane.talk(talk, schedule, isHopeless ? IMPATIENCE : PATIENCE);
    List<Link> links = lane.finish(talk.framing());
    String what = talk + ", " + schedule + ": " + heard.failure();
    assertEquals(1, links.size(), what);
    assertIsBeginning(talk, heard, what);
    assertReported(talk, schedule, heard, (int) links.get(0).bytesDown(), what);
  }

  private static void assertIsBeginning(Talk talk, Heard heard, String what) {
    byte[] bytes = heard.bytes();
    int mismatch = Arrays.mismatch(talk.wire(), bytes);
    assertTrue(mismatch < 0 || mismatch == bytes.length, "differs at " + mismatch + ": " + what);
  }

  private static void assertReported(
      Talk talk, Schedule schedule, Heard heard, int bytesDown, String what) {
    if (schedule.ending() == Ending.NONE) {
      assertNull(heard.failure(), what);
      assertTrue(heard.isAll(), what);
      return;
    }
    if (schedule.ending() == Ending.CLOSE) {
      assertEquals(audible(talk, bytesDown), heard.bytes().length, what);
      if (heard.isAll()) {
        assertNull(heard.failure(), "only the end of the last line is missing: " + what);
        return;
      }
    }
    ClientFailure failure = heard.failure();
    assertNotNull(failure, what);
    ErrorClass expected = expectedClass(schedule);
    assertEquals(expected, failure.errorClass(), what);
    assertEquals(expected.exitCode(), failure.exitCode(), what);
    if (expected == ErrorClass.REPLY_TIMEOUT) {
      assertTrue(failure.getMessage().endsWith(missing(talk, heard)), what);
    } else if (expected == ErrorClass.CLOSED_EARLY && !isCutInsideAMessage(talk, bytesDown)) {
      assertTrue(
          failure.getMessage().endsWith(missing(talk, heard))
              || failure.getMessage().endsWith("before everything was sent"),
          what);
    }
  }

  /** How many of the bytes that came a client can make something of. */
  private static int audible(Talk talk, int bytesDown) {
    byte[] wire = talk.wire();
    return switch (talk.framing()) {
      case RAW, LENGTH_LE -> bytesDown;
      case LENGTH -> frameStart(talk, bytesDown);
      case LINE ->
          bytesDown > 0 && isLineWithoutItsEnd(wire, bytesDown) ? bytesDown + 1 : bytesDown;
    };
  }

  /** Where the frame begins in which the byte of that number stands. */
  private static int frameStart(Talk talk, int bytesDown) {
    int start = 0;
    for (int i = 1; i <= talk.messages(); i++) {
      int next = start + 4 + talk.message(i).length;
      if (next > bytesDown) {
        return start;
      }
      start = next;
    }
    return start;
  }

  /** An unfinished line at the end of a stream is a message, which then is all there. */
  private static boolean isLineWithoutItsEnd(byte[] wire, int bytesDown) {
    return bytesDown < wire.length && wire[bytesDown] == '\n' && wire[bytesDown - 1] != '\n';
  }

  private static boolean isCutInsideAMessage(Talk talk, int bytesDown) {
    return switch (talk.framing()) {
      case RAW, LENGTH_LE -> false;
      case LENGTH -> frameStart(talk, bytesDown) != bytesDown;
      case LINE -> bytesDown > 0 && talk.wire()[bytesDown - 1] != '\n';
    };
  }

  private static ErrorClass expectedClass(Schedule schedule) {
    return switch (schedule.ending()) {
      case RESET -> ErrorClass.RESET;
      case BLACK_HOLE -> ErrorClass.REPLY_TIMEOUT;
      case CLOSE, NONE -> ErrorClass.CLOSED_EARLY;
    };
  }

  private static String missing(Talk talk, Heard heard) {
    if (talk.framing() != Framing.RAW) {
      return "after "
          + heard.messages()
          + " of "
          + talk.messages()
          + (talk.messages() == 1 ? " reply" : " replies");
    }
    int pieces = (talk.wire().length + INPUT_PIECE_BYTES - 1) / INPUT_PIECE_BYTES;
    int due = pieces - heard.bytes().length / INPUT_PIECE_BYTES;
    return "with " + due + (due == 1 ? " reply" : " replies") + " still due";
  }
}
