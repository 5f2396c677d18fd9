package io.sounder.client.load.script;

import static io.sounder.client.load.script.Scripted.CONNECTION;
import static io.sounder.client.load.script.Scripted.OTHER_CONNECTION;
import static io.sounder.client.load.script.Scripted.begun;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.verify.Findings;
import io.sounder.client.load.verify.InFlight;
import io.sounder.client.load.verify.StreamVerifier;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptStreamTest {
  private static final String RAW = "tcp://h:1";
  private static final String LINE = "tcp://h:1?framing=line";
  private static final String LENGTH = "tcp://h:1?framing=length";

  /** What is expected, and what the server says. */
  private static final String ALL_RULES =
      """
      tcp://h:1                   | +PONG\\r\\n             | +PONG\\r\\n
      tcp://h:1                   | {n}:{random:5}\\n       | {n}:{random:5}\\n
      tcp://h:1                   | v{n}                    | v{n}
      tcp://h:1                   | $4\\r\\n{hex:4}\\r\\n   | $4\\r\\n{hex:4}\\r\\n
      tcp://h:1                   | text:none               | none
      tcp://h:1                   | re:\\$\\d+\\r\\nv\\d+\\r\\n | $9\\r\\nv{n}\\r\\n
      tcp://h:1                   | re:[KNO]{2}( .*)?\\r?\\n | NO reason {n}\\r\\n
      tcp://h:1                   | length:5                | {random:5}
      tcp://h:1                   | length:1                | x
      tcp://h:1                   | until:\\r\\n            | a\\r{n}\\n\\r\\n
      tcp://h:1                   | until:abab\\0           | abaabababab\\0
      tcp://h:1?framing=line      | +OK {n}                 | +OK {n}
      tcp://h:1?framing=line      | re:\\+OK \\d+           | +OK {n}
      tcp://h:1?framing=line      | length:7                | seven {connection}
      tcp://h:1?framing=line      | until:.                 | to the point.
      tcp://h:1?framing=length    | {n}                     | {n}
      tcp://h:1?framing=length    | re:(?s).*end            | {bytes:9}end
      tcp://h:1?framing=length-le | length:0                |
      unix:///s                   | {n}\\n                  | {n}\\n
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ALL_RULES)
  void pipelinedRepliesAreRightWhereverTheyAreCut(String url, String expect, String says) {
    Scripted scripted = new Scripted(url, "x", expect, true);
    byte[] replies = scripted.saysInOrder(says == null ? "" : says, 3);
    for (int split = 0; split <= replies.length; split++) {
      InFlight inFlight = begun(3);
      Findings findings = new Findings(inFlight);
      StreamVerifier verifier =
          scripted.dialogue.verifiers().newStream(CONNECTION, inFlight, findings);
      verifier.take(ByteBuffer.wrap(replies, 0, split).slice());
      verifier.take(ByteBuffer.wrap(replies, split, replies.length - split).slice());
      assertEquals(List.of("right 0", "right 1", "right 2"), findings.seen, "split at " + split);
      assertFalse(verifier.isInsideReply());
      assertFalse(findings.unusable);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ALL_RULES)
  void manyRepliesAreRightInPiecesOfAnySize(String url, String expect, String says) {
    Scripted scripted = new Scripted(url, "x", expect, true);
    byte[] replies = scripted.saysInOrder(says == null ? "" : says, 200);
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      InFlight inFlight = begun(200);
      Findings findings = new Findings(inFlight);
      StreamVerifier verifier =
          scripted.dialogue.verifiers().newStream(CONNECTION, inFlight, findings);
      int most = 1 << random.nextInt(12);
      for (int at = 0; at < replies.length; ) {
        int count = Math.min(1 + random.nextInt(most), replies.length - at);
        verifier.take(ByteBuffer.allocateDirect(count).put(replies, at, count).flip());
        at += count;
      }
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        expected.add("right " + i);
      }
      assertEquals(expected, findings.seen, "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, LINE, LENGTH, RAW + "?reply=echo"})
  void withoutARuleTheMessageItselfComesBack(String url) {
    Scripted scripted = new Scripted(url, "hello {n} {random:9}!", null, true);
    ByteBuffer sent = ByteBuffer.allocate(1000);
    for (long sequence = 0; sequence < 3; sequence++) {
      int length = scripted.dialogue.request().length(CONNECTION, sequence);
      scripted.dialogue.request().write(CONNECTION, sequence, 0, length, sent);
    }
    byte[] echo = new byte[sent.flip().remaining()];
    sent.get(echo);
    assertEquals(List.of("right 0", "right 1", "right 2"), scripted.judge(3, echo).seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcp://h:1?reply=ok                 | a message     | OK...a message
          tcp://h:1?framing=line&reply=ok    | a {n}         | OK...a {n}
          tcp://h:1?framing=length&reply=ok  | a {n}         | OK...a {n}
          tcp://h:1?reply=count              | four {n}      | You entered 6 characters. \\n
          tcp://h:1?framing=line&reply=count | {random:7}    | You entered 7 characters.\\x20
          tcp://h:1?reply=replace:a:bcd      | a{n}a         | bcd{n}bcd
          tcp://h:1?reply=text:fixed         | anything      | fixed
          """)
  void withoutARuleTheTargetsKeySaysWhatComesBack(String url, String message, String says) {
    Scripted scripted = new Scripted(url, message, null, false);
    Findings findings = scripted.judge(1, scripted.says(says, CONNECTION, 0));
    assertEquals(List.of("right 0"), findings.seen, says);
  }

  @ParameterizedTest
  @ValueSource(strings = {LINE + "&reply=ok", LENGTH + "&reply=ok"})
  void aReplyWithoutItsPrefixHasANameOfItsOwn(String url) {
    Scripted scripted = new Scripted(url, "a {n}", null, true);
    Findings findings =
        scripted.judge(
            3,
            scripted.says("OK...a {n}", CONNECTION, 0),
            scripted.says("NO...a {n}", CONNECTION, 1),
            scripted.says("OK...b {n}", CONNECTION, 2),
            scripted.says("OK...a {n}", OTHER_CONNECTION, 2));
    assertEquals(
        List.of("right 0", "wrong-prefix 1", "corrupt 2", "stray misdirected"), findings.seen);
  }

  @Test
  void aWrongLineIsCorruptAndEndsWithItsLine() {
    Scripted scripted = new Scripted(RAW, "x", "+OK {n}\\r\\n", true);
    for (String wrong : List.of("-ERR no\\r\\n", "+OK\\r\\n", "+OK {n} and more\\r\\n", "\\n")) {
      byte[] replies =
          Scripted.join(
              scripted.says("+OK {n}\\r\\n", CONNECTION, 0),
              scripted.says(wrong, CONNECTION, 1),
              scripted.says("+OK {n}\\r\\n", CONNECTION, 2));
      for (int split = 0; split <= replies.length; split++) {
        InFlight inFlight = begun(3);
        Findings findings = new Findings(inFlight);
        StreamVerifier verifier =
            scripted.dialogue.verifiers().newStream(CONNECTION, inFlight, findings);
        verifier.take(ByteBuffer.wrap(replies, 0, split).slice());
        verifier.take(ByteBuffer.wrap(replies, split, replies.length - split).slice());
        assertEquals(List.of("right 0", "corrupt 1", "right 2"), findings.seen, wrong + split);
        assertFalse(findings.unusable);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $2\\r\\nok\\r\\n   | $-1\\r\\n
          v{n};              | w{n};
          {random:6}         | AAAAAA
          re:[0-9]+;         | 12a;
          re:\\+OK\\r\\n     | -ERR\\r\\n
          """)
  void nobodyKnowsWhereAnyOtherWrongReplyEnds(String expect, String says) {
    Scripted scripted = new Scripted(RAW, "x", expect, true);
    Findings findings = scripted.judge(3, scripted.says(says, CONNECTION, 0));
    assertEquals(List.of("corrupt 0"), findings.seen);
    assertTrue(findings.unusable);
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, LINE, LENGTH})
  void aReplyThatBelongsToAnotherConnectionIsMisdirectedWhereItSaysSo(String url) {
    String text = url.equals(RAW) ? "k{n} {random:4}\\r\\n" : "k{n} {random:4}";
    Scripted scripted = new Scripted(url, "x", text, true);
    byte[] replies =
        Scripted.join(
            scripted.says(text, CONNECTION, 0),
            scripted.says(text, OTHER_CONNECTION, 1234), // longer than ours
            scripted.says(text, CONNECTION, 2));
    for (int split = 0; split <= replies.length; split++) {
      InFlight inFlight = begun(3);
      Findings findings = new Findings(inFlight);
      StreamVerifier verifier =
          scripted.dialogue.verifiers().newStream(CONNECTION, inFlight, findings);
      verifier.take(ByteBuffer.wrap(replies, 0, split).slice());
      verifier.take(ByteBuffer.wrap(replies, split, replies.length - split).slice());
      assertEquals(List.of("right 0", "misdirected 1", "right 2"), findings.seen, "at " + split);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"k{n};", "k{random:8}", "k\\n", "{n}\\n"})
  void aReplyThatComesTwiceIsToldFromTheNext(String text) {
    Scripted scripted = new Scripted(RAW, "x", text, false);
    InFlight inFlight = begun(1);
    Findings findings = new Findings(inFlight);
    StreamVerifier verifier =
        scripted.dialogue.verifiers().newStream(CONNECTION, inFlight, findings);
    byte[] first = scripted.says(text, CONNECTION, 0);
    for (byte b : Scripted.join(first, first)) {
      verifier.take(ByteBuffer.wrap(new byte[] {b}));
    }
    inFlight.begin(1);
    verifier.take(ByteBuffer.wrap(scripted.says(text, CONNECTION, 1)));
    assertEquals(List.of("right 0", "again 0", "right 1"), findings.seen);
    assertFalse(findings.unusable);
  }

  @Test
  void aThousandDuplicatesInOneReadAreCountedOneByOne() {
    Scripted scripted = new Scripted(RAW, "x", "+PONG\\r\\n", false);
    byte[] pong = scripted.says("+PONG\\r\\n".repeat(30_000), CONNECTION, 0);
    Findings findings =
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> scripted.judge(1, pong));
    assertEquals(30_000, findings.seen.size());
    assertEquals("again 0", findings.seen.get(29_999));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          +PONG\\r\\n        | +PONG\\r\\nX
          +PONG\\r\\n        | +PONG\\r\\n+PANG\\r\\n
          re:\\+PONG\\r\\n   | +PONG\\r\\n+PONG\\r\\n
          length:4           | 12345
          until:;            | a;b
          """)
  void whatComesUnaskedIsExtra(String expect, String says) {
    Scripted scripted = new Scripted(RAW, "x", expect, false);
    Findings findings = scripted.judge(1, scripted.says(says, CONNECTION, 0));
    assertEquals(List.of("right 0", "stray extra"), findings.seen);
    assertTrue(findings.unusable);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          +PONG\\r\\n        | +PO
          v{n}\\n            | v
          re:\\+PONG\\r\\n   | +PO
          re:[0-9]+          | 123
          length:4           | 123
          until:;;           | a;
          """)
  void aReplyThatStopsIsKnownToBeUnfinished(String expect, String says) {
    Scripted scripted = new Scripted(RAW, "x", expect, false);
    InFlight inFlight = begun(1);
    Findings findings = new Findings(inFlight);
    StreamVerifier verifier =
        scripted.dialogue.verifiers().newStream(CONNECTION, inFlight, findings);
    verifier.take(ByteBuffer.wrap(scripted.says(says, CONNECTION, 0)));
    assertEquals(List.of(), findings.seen);
    assertTrue(verifier.isInsideReply());
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, LINE, LENGTH})
  void whereNothingIsExpectedAnythingIsExtra(String url) {
    Scripted scripted = new Scripted(url, "<13>hello", "none", true);
    Findings findings = scripted.judge(0, scripted.says("x", CONNECTION, 0));
    assertEquals(List.of("stray extra"), findings.seen);
    assertTrue(findings.unusable);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tcp://h:1?framing=line   | +PONG       | +PO       | truncated
          tcp://h:1?framing=line   | +PONG       | +PONG!    | extra
          tcp://h:1?framing=line   | +PONG       | -ERR      | corrupt
          tcp://h:1?framing=length | v{n}        | v         | truncated
          tcp://h:1?framing=length | v{n}        | v{n} x    | extra
          tcp://h:1?framing=length | v{n}        | x{n}      | corrupt
          tcp://h:1?framing=line   | re:\\+P\\d  | +P        | truncated
          tcp://h:1?framing=line   | re:\\+P\\d  | +P12      | extra
          tcp://h:1?framing=line   | re:\\+P\\d  | -P1       | corrupt
          tcp://h:1?framing=length | length:3    | ab        | truncated
          tcp://h:1?framing=length | length:3    | abcd      | extra
          tcp://h:1?framing=length | until:..    | ab.       | truncated
          tcp://h:1?framing=length | until:..    | ab..c     | extra
          """)
  void inAFrameEachKindOfWrongHasItsNameAndTheConnectionGoesOn(
      String url, String expect, String says, String name) {
    Scripted scripted = new Scripted(url, "x", expect, true);
    String right = expect.startsWith("re:") ? "+P5" : expect.startsWith("length") ? "abc" : "..";
    right = expect.contains(":") ? right : expect;
    Findings findings =
        scripted.judge(
            3,
            scripted.says(right, CONNECTION, 0),
            scripted.says(says, CONNECTION, 1),
            scripted.says(right, CONNECTION, 2));
    assertEquals(List.of("right 0", name + " 1", "right 2"), findings.seen);
    assertFalse(findings.unusable);
  }

  @Test
  void aLineMayEndInCrLfTooUnderTheFraming() {
    Scripted scripted = new Scripted(LINE, "PING", "+PONG {n}", true);
    byte[] crLf =
        Scripted.join(
            scripted.says("+PONG {n}\\r", CONNECTION, 0),
            scripted.says("+PONG {n}\\r", CONNECTION, 1));
    for (int split = 0; split <= crLf.length; split++) {
      InFlight inFlight = begun(2);
      Findings findings = new Findings(inFlight);
      StreamVerifier verifier =
          scripted.dialogue.verifiers().newStream(CONNECTION, inFlight, findings);
      verifier.take(ByteBuffer.wrap(crLf, 0, split).slice());
      verifier.take(ByteBuffer.wrap(crLf, split, crLf.length - split).slice());
      assertEquals(List.of("right 0", "right 1"), findings.seen, "split at " + split);
    }
  }
}
