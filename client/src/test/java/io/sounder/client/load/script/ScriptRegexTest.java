package io.sounder.client.load.script;

import static io.sounder.client.load.script.Scripted.CONNECTION;
import static io.sounder.client.load.script.Scripted.begun;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.verify.Findings;
import io.sounder.client.load.verify.InFlight;
import io.sounder.client.load.verify.StreamVerifier;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a match ends on a stream, and what an expression may cost. */
class ScriptRegexTest {
  private static final String RAW = "tcp://h:1";

  @Test
  void aMatchThatMoreBytesCouldChangeIsDecidedByTheEndOfTheStream() {
    Scripted scripted = new Scripted(RAW, "x", "re:(?s)HTTP/1.1 200.*", false);
    InFlight inFlight = begun(1);
    Findings findings = new Findings(inFlight);
    StreamVerifier verifier =
        scripted.dialogue.verifiers().newStream(CONNECTION, inFlight, findings);
    verifier.take(ByteBuffer.wrap("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1)));
    verifier.take(ByteBuffer.wrap("\r\nbody".getBytes(ISO_8859_1)));
    assertEquals(List.of(), findings.seen);
    verifier.finish();
    assertEquals(List.of("right 0"), findings.seen);
  }

  @Test
  void aMatchThatTurnsOutShorterLeavesTheRestToTheNext() {
    Scripted scripted = new Scripted(RAW, "x", "re:a(bc)?", true);
    for (int split = 0; split <= 4; split++) {
      InFlight inFlight = begun(2);
      Findings findings = new Findings(inFlight);
      StreamVerifier verifier =
          scripted.dialogue.verifiers().newStream(CONNECTION, inFlight, findings);
      byte[] replies = "abca".getBytes(ISO_8859_1);
      verifier.take(ByteBuffer.wrap(replies, 0, split).slice());
      verifier.take(ByteBuffer.wrap(replies, split, 4 - split).slice());
      verifier.finish();
      assertEquals(List.of("right 0", "right 1"), findings.seen, "split at " + split);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"re:(a+)+b", "re:(a|aa)+b", "re:(?:a|.)*b\\n", "re:(?s)(.|\\n)*b"})
  void anExpressionThatBacktracksWithoutEndDoesNotStopTheLoop(String expect) {
    Scripted scripted = new Scripted(RAW, "x", expect, false);
    byte[] says = scripted.says("a".repeat(60_000) + "c", CONNECTION, 0);
    Findings findings =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> {
              InFlight inFlight = begun(1);
              Findings found = new Findings(inFlight);
              StreamVerifier verifier =
                  scripted.dialogue.verifiers().newStream(CONNECTION, inFlight, found);
              for (int at = 0; at < says.length && !found.unusable; at += 1000) {
                int count = Math.min(1000, says.length - at);
                verifier.take(ByteBuffer.wrap(says, at, count).slice());
              }
              return found;
            });
    assertEquals(List.of("unreadable 0"), findings.seen);
    assertTrue(findings.unusable);
  }

  @Test
  void aReplyThatIsTooLongForAnExpressionIsUnreadable() {
    Scripted scripted = new Scripted(RAW, "x", "re:[^;]*;", false);
    byte[] fits = scripted.says("a".repeat((128 << 10) - 1) + ";", CONNECTION, 0);
    assertEquals(List.of("right 0"), scripted.judge(1, fits).seen);
    byte[] tooLong = scripted.says("a".repeat((128 << 10) + 1), CONNECTION, 0);
    assertEquals(List.of("unreadable 0"), scripted.judge(1, tooLong).seen);
  }

  @Test
  void anExpressionSeesBytesAndCharactersOutsideAsciiAreTheirUtf8() {
    Scripted scripted = new Scripted(RAW, "x", "re:Grüße[\\x80-\\xff]{2}\n", false);
    byte[] says = scripted.says("Grüße\\x80\\xff\\n", CONNECTION, 0);
    assertEquals(List.of("right 0"), scripted.judge(1, says).seen);
  }
}
