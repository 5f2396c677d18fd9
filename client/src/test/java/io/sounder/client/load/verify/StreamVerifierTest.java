package io.sounder.client.load.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamVerifierTest {
  private static final int CONNECTION = 5;
  private static final int OTHER_CONNECTION = 6;

  private final InFlight inFlight = new InFlight(1);
  private final Findings findings = new Findings(inFlight);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tcp://h:1; 64",
        "tcp://h:1; 3",
        "tcp://h:1?reply=ok; 64",
        "tcp://h:1?reply=ok; 3",
        "tcp://h:1?framing=line; 64",
        "tcp://h:1?framing=line&reply=ok; 64",
        "tcp://h:1?framing=line; 0",
        "tcp://h:1?framing=length; 64",
        "tcp://h:1?framing=length; 0",
        "tcp://h:1?framing=length-le&reply=ok; 33",
        "tcp://h:1?framing=line&reply=count; 64",
        "tcp://h:1?framing=length&reply=replace:a:xyz; 64",
        "tcp://h:1?framing=line&reply=whoami; 64",
        "tcp://h:1?framing=line&reply=text:hi {peer} {n}; 64",
      })
  void pipelinedRepliesAreRightWhereverTheyAreCut(String url, int size) {
    Peer peer = new Peer(url, size);
    byte[] replies =
        Peer.join(peer.reply(CONNECTION, 0), peer.reply(CONNECTION, 1), peer.reply(CONNECTION, 2));
    for (int split = 0; split <= replies.length; split++) {
      InFlight three = new InFlight(3);
      Findings found = new Findings(three);
      begin(three, 3);
      StreamVerifier verifier = peer.verification(true).newStream(CONNECTION, three, found);
      verifier.take(ByteBuffer.wrap(replies, 0, split).slice());
      verifier.take(ByteBuffer.wrap(replies, split, replies.length - split).slice());
      assertEquals(List.of("right 0", "right 1", "right 2"), found.seen, "split at " + split);
      assertFalse(verifier.isInsideReply());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tcp://h:1; 64",
        "tcp://h:1; 1",
        "tcp://h:1?reply=ok; 64",
        "tcp://h:1?reply=count; 64",
        "tcp://h:1?reply=whoami; 64",
        "tcp://h:1?reply=replace:a:xyz; 64",
        "tcp://h:1?reply=text:fixed; 64",
        "tcp://h:1?reply=text:{n} for {peer}!; 64",
        "tcp://h:1?framing=line; 64",
        "tcp://h:1?framing=length&reply=ok; 40",
      })
  void singleRepliesAreRightByteByByte(String url, int size) {
    Peer peer = new Peer(url, size);
    StreamVerifier verifier = peer.verification(false).newStream(CONNECTION, inFlight, findings);
    for (long sequence = 0; sequence < 3; sequence++) {
      begin(inFlight, 1);
      byte[] reply = peer.reply(CONNECTION, sequence);
      for (int i = 0; i < reply.length; i++) {
        verifier.take(ByteBuffer.wrap(reply, i, 1).slice());
      }
    }
    assertEquals(List.of("right 0", "right 1", "right 2"), findings.seen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://h:1",
        "tcp://h:1?framing=line",
        "tcp://h:1?framing=length",
        "tcp://h:1?framing=length&reply=ok"
      })
  void everyFlippedBitOfThePayloadIsACorruptReplyAndTheConnectionGoesOn(String url) {
    Peer peer = new Peer(url, 64);
    int bodyStart = peer.reply(CONNECTION, 1).length - 64 - (url.contains("line") ? 1 : 0);
    for (int bit = 0; bit < 64 * 8; bit++) {
      byte[] wrong = peer.reply(CONNECTION, 1);
      wrong[bodyStart + bit / 8] ^= (byte) (1 << bit % 8);
      boolean lineEnd = wrong[bodyStart + bit / 8] == '\n';
      if (url.contains("line") && lineEnd) {
        continue; // there it makes two lines of one
      }
      for (boolean pipelined : new boolean[] {false, true}) {
        List<String> seen = judgeSecondOfThree(peer, wrong, pipelined);
        assertEquals(List.of("right 0", "corrupt 1", "right 2"), seen, "bit " + bit);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://h:1",
        "tcp://h:1?reply=ok",
        "tcp://h:1?framing=line",
        "tcp://h:1?framing=length",
        "tcp://h:1?framing=line&reply=ok"
      })
  void aReplyToAnotherConnectionIsMisdirected(String url) {
    Peer peer = new Peer(url, 64);
    for (boolean pipelined : new boolean[] {false, true}) {
      assertEquals(
          List.of("right 0", "misdirected 1", "right 2"),
          judgeSecondOfThree(peer, peer.reply(OTHER_CONNECTION, 1), pipelined));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://h:1",
        "tcp://h:1?reply=ok",
        "tcp://h:1?framing=line",
        "tcp://h:1?framing=length",
      })
  void aReplyThatComesTwiceIsToldFromTheNext(String url) {
    Peer peer = new Peer(url, 64);
    byte[] twice = Peer.join(peer.reply(CONNECTION, 1), peer.reply(CONNECTION, 1));
    for (boolean pipelined : new boolean[] {false, true}) {
      assertEquals(
          List.of("right 0", "right 1", "again 1", "right 2"),
          judgeSecondOfThree(peer, twice, pipelined));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://h:1?framing=line", "tcp://h:1?framing=length"})
  void framesOfAnotherSizeAreTruncatedOrHaveExtraBytes(String url) {
    Peer shorter = new Peer(url, 63);
    Peer longer = new Peer(url, 65);
    Peer peer = new Peer(url, 64);
    assertEquals(
        List.of("right 0", "truncated 1", "right 2"),
        judgeSecondOfThree(peer, shorter.reply(CONNECTION, 1), true));
    assertEquals(
        List.of("right 0", "extra 1", "right 2"),
        judgeSecondOfThree(peer, longer.reply(CONNECTION, 1), true));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 40, 62, 63, 64})
  void aByteInsertedIntoASingleRawReplyIsExtraWhereverItIs(int at) {
    Peer peer = new Peer("tcp://h:1", 64);
    StreamVerifier verifier = peer.verification(false).newStream(CONNECTION, inFlight, findings);
    begin(inFlight, 1);
    verifier.take(ByteBuffer.wrap(insert(peer.reply(CONNECTION, 0), at)));
    assertEquals(at < 64 ? List.of("extra 0") : List.of("right 0", "stray extra"), findings.seen);
    assertTrue(findings.unusable);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 40, 60, 63, 64})
  void aByteInsertedIntoPipelinedRawRepliesDesynchronisesThem(int at) {
    Peer peer = new Peer("tcp://h:1", 64);
    begin(inFlight, 3);
    StreamVerifier verifier = peer.verification(true).newStream(CONNECTION, inFlight, findings);
    verifier.take(
        ByteBuffer.wrap(
            Peer.join(
                insert(peer.reply(CONNECTION, 0), at),
                peer.reply(CONNECTION, 1),
                peer.reply(CONNECTION, 2))));
    assertEquals(
        at < 64 ? List.of("desynchronised 0") : List.of("right 0", "desynchronised 1"),
        findings.seen);
    assertTrue(findings.unusable);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 40, 60, 63})
  void aByteMissingFromPipelinedRawRepliesDesynchronisesThem(int at) {
    Peer peer = new Peer("tcp://h:1", 64);
    begin(inFlight, 3);
    byte[] whole = peer.reply(CONNECTION, 0);
    byte[] cut = new byte[63];
    System.arraycopy(whole, 0, cut, 0, at);
    System.arraycopy(whole, at + 1, cut, at, 63 - at);
    StreamVerifier verifier = peer.verification(true).newStream(CONNECTION, inFlight, findings);
    verifier.take(
        ByteBuffer.wrap(Peer.join(cut, peer.reply(CONNECTION, 1), peer.reply(CONNECTION, 2))));
    assertEquals(List.of("desynchronised 0"), findings.seen);
    assertTrue(findings.unusable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"XK...", "OK..", "ok...", "OK. ..", ""})
  void anythingButTheOkPrefixIsAWrongPrefix(String prefix) {
    Peer raw = new Peer("tcp://h:1?reply=ok", 64);
    Peer bare = new Peer("tcp://h:1", 64);
    StreamVerifier verifier = raw.verification(false).newStream(CONNECTION, inFlight, findings);
    begin(inFlight, 1);
    byte[] start = prefix.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    verifier.take(ByteBuffer.wrap(Peer.join(start, bare.reply(CONNECTION, 0))));
    assertEquals(List.of("wrong-prefix 0"), findings.seen);
    assertTrue(findings.unusable);
  }

  @ParameterizedTest
  @CsvSource({"false, O", "false, OK...", "true, O", "true, OK...", "true, OK...OK..."})
  void aPrefixThatNobodyAwaitsIsExtra(boolean pipelined, String prefix) {
    Peer peer = new Peer("tcp://h:1?reply=ok", 64);
    StreamVerifier verifier =
        peer.verification(pipelined).newStream(CONNECTION, inFlight, findings);
    begin(inFlight, 1);
    verifier.take(ByteBuffer.wrap(peer.reply(CONNECTION, 0)));
    verifier.take(ByteBuffer.wrap(prefix.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    assertEquals(List.of("right 0", "stray extra"), findings.seen);
    assertTrue(findings.unusable);
  }

  @Test
  void aPrefixWithNothingBehindItIsExtraWhileRepliesAreAwaitedToo() {
    Peer peer = new Peer("tcp://h:1?reply=ok", 64);
    StreamVerifier verifier = peer.verification(true).newStream(CONNECTION, inFlight, findings);
    begin(inFlight, 2);
    byte[] prefix = {'O', 'K', '.', '.', '.'};
    verifier.take(
        ByteBuffer.wrap(Peer.join(peer.reply(CONNECTION, 0), prefix, peer.reply(CONNECTION, 1))));
    assertEquals(List.of("right 0", "stray extra"), findings.seen);
    assertTrue(findings.unusable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://h:1?framing=line", "tcp://h:1?framing=length&reply=ok"})
  void aDamagedFrameStandsInThePlaceOfTheOldestReply(String url) {
    Peer peer = new Peer(url, 64);
    StreamVerifier verifier = peer.verification(true).newStream(CONNECTION, inFlight, findings);
    begin(inFlight, 3);
    byte[] damaged = peer.reply(CONNECTION, 1);
    damaged[12] ^= 1;
    verifier.take(ByteBuffer.wrap(damaged));
    assertEquals(List.of("corrupt 0"), findings.seen);
  }

  /** A read of 4 MiB; each of its frames is judged, and copying the rest each time would show. */
  @ParameterizedTest
  @CsvSource({
    "tcp://h:1?framing=line&reply=text:{n}!, 32, 0",
    "tcp://h:1?framing=length, 32, 1",
    "tcp://h:1?framing=line, 32, 1",
  })
  void manyFramesInOneReadAreJudgedInATimeInProportion(String url, int size, int dropped) {
    Peer peer = new Peer(url, size);
    List<byte[]> replies = new ArrayList<>();
    int bytes = 0;
    for (int i = dropped; bytes < 4 << 20; i++) {
      byte[] reply = peer.reply(CONNECTION, i);
      replies.add(reply);
      bytes += reply.length;
    }
    begin(inFlight, replies.size() + dropped);
    ByteBuffer read = ByteBuffer.wrap(Peer.join(replies.toArray(new byte[0][])));
    StreamVerifier verifier = peer.verification(true).newStream(CONNECTION, inFlight, findings);
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> verifier.take(read));
    assertEquals(replies.size(), findings.seen.size());
    assertEquals("right " + dropped, findings.seen.get(0));
    assertEquals(dropped, inFlight.count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://h:1?framing=line&reply=ok", "tcp://h:1?framing=length&reply=ok"})
  void aFramedReplyWithoutItsPrefixIsAWrongPrefixAndTheConnectionGoesOn(String url) {
    Peer peer = new Peer(url, 64);
    Peer bare = new Peer(url.replace("&reply=ok", ""), 64);
    assertEquals(
        List.of("right 0", "wrong-prefix 1", "right 2"),
        judgeSecondOfThree(peer, bare.reply(CONNECTION, 1), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tcp://h:1?reply=discard", "tcp://h:1", "tcp://h:1?framing=length&reply=discard"})
  void bytesThatNobodyAwaitsAreExtra(String url) {
    Peer peer = new Peer(url, 64);
    StreamVerifier verifier = peer.verification(false).newStream(CONNECTION, inFlight, findings);
    verifier.take(ByteBuffer.wrap(new byte[] {'x', 'y'}));
    assertEquals(List.of("stray extra"), findings.seen);
    assertTrue(findings.unusable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://h:1?framing=length", "tcp://h:1?framing=length-le"})
  void aFrameThatCannotBeOneMakesTheConnectionUnusable(String url) {
    Peer peer = new Peer(url, 64);
    StreamVerifier verifier = peer.verification(true).newStream(CONNECTION, inFlight, findings);
    begin(inFlight, 2);
    verifier.take(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, 'x'}));
    assertEquals(List.of("unreadable 0"), findings.seen);
    assertTrue(findings.unusable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://h:1?framing=line", "tcp://h:1?framing=length"})
  void framedRepliesAreMatchedBySequenceWhenOneIsMissing(String url) {
    Peer peer = new Peer(url, 64);
    begin(inFlight, 3);
    StreamVerifier verifier = peer.verification(true).newStream(CONNECTION, inFlight, findings);
    verifier.take(ByteBuffer.wrap(Peer.join(peer.reply(CONNECTION, 2), peer.reply(CONNECTION, 0))));
    assertEquals(List.of("right 2", "right 0"), findings.seen);
    assertTrue(inFlight.isAwaited(1));
  }

  /** Three requests, of which the second is answered like that; one in flight, or all three. */
  private static List<String> judgeSecondOfThree(Peer peer, byte[] second, boolean pipelined) {
    InFlight inFlight = new InFlight(3);
    Findings findings = new Findings(inFlight);
    StreamVerifier verifier =
        peer.verification(pipelined).newStream(CONNECTION, inFlight, findings);
    List<byte[]> replies = new ArrayList<>();
    replies.add(peer.reply(CONNECTION, 0));
    replies.add(second);
    replies.add(peer.reply(CONNECTION, 2));
    if (pipelined) {
      begin(inFlight, 3);
      verifier.take(ByteBuffer.wrap(Peer.join(replies.toArray(new byte[0][]))));
    } else {
      for (byte[] reply : replies) {
        begin(inFlight, 1);
        verifier.take(ByteBuffer.wrap(reply));
      }
    }
    return findings.seen;
  }

  private static void begin(InFlight inFlight, int count) {
    for (int i = 0; i < count; i++) {
      inFlight.begin(i);
    }
  }

  private static byte[] insert(byte[] bytes, int at) {
    byte[] longer = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, longer, 0, at);
    longer[at] = '!';
    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
    return longer;
  }
}
