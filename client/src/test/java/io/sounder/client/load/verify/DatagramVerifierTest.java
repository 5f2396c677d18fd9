package io.sounder.client.load.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramVerifierTest {
  private static final int CONNECTION = 5;

  private final InFlight inFlight = new InFlight(4);
  private final LostRequests lost = new LostRequests();
  private final Findings findings = new Findings(inFlight);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "udp://h:1",
        "udp://h:1?reply=ok",
        "udp://h:1?framing=length",
        "udp://h:1?framing=length-le&reply=ok",
        "udp://h:1?framing=line",
      })
  void repliesAreRightInAnyOrder(String url) {
    Peer peer = new Peer(url, 64);
    DatagramVerifier verifier = verifier(peer, 4);
    for (long sequence : new long[] {2, 0, 3, 1}) {
      verifier.take(ByteBuffer.wrap(peer.reply(CONNECTION, sequence)));
    }
    assertEquals(List.of("right 2", "right 0", "right 3", "right 1"), findings.seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "udp://h:1?reply=count; 64",
        "udp://h:1?reply=whoami; 64",
        "udp://h:1?reply=time; 64",
        "udp://h:1?reply=text:no {n}; 64",
        "udp://h:1?reply=replace:a:bb&framing=length; 64",
        "udp://h:1; 0",
        "udp://h:1; 5",
        "udp://h:1?reply=ok; 0",
      })
  void oneReplyAtATimeNeedsNoIdentity(String url, int size) {
    Peer peer = new Peer(url, size);
    verifier(peer, 1).take(ByteBuffer.wrap(peer.reply(CONNECTION, 0)));
    assertEquals(List.of("right 0"), findings.seen);
  }

  @Test
  void theFieldsOfADamagedDatagramDoNotHideWhichRequestItAnswers() {
    Peer peer = new Peer("udp://h:1", 64);
    for (int bit = 0; bit < 64 * 8; bit++) {
      InFlight four = new InFlight(4);
      Findings found = new Findings(four);
      for (int i = 0; i < 4; i++) {
        four.begin(i);
      }
      byte[] wrong = peer.reply(CONNECTION, 2);
      wrong[bit / 8] ^= (byte) (1 << bit % 8);
      peer.verification(true)
          .newDatagrams(CONNECTION, four, lost, found)
          .take(ByteBuffer.wrap(wrong));
      assertEquals(List.of("corrupt 2"), found.seen, "bit " + bit);
    }
  }

  @Test
  void aDamagedDatagramIsComparedWithAFewOfTheRequestsInFlightOnly() {
    Peer peer = new Peer("udp://h:1", 64);
    InFlight many = new InFlight(1000);
    Findings found = new Findings(many);
    for (int i = 0; i < 1000; i++) {
      many.begin(i);
    }
    byte[] near = peer.reply(CONNECTION, 63);
    byte[] far = peer.reply(CONNECTION, 900);
    near[0] ^= 1;
    far[0] ^= 1;
    DatagramVerifier verifier = peer.verification(true).newDatagrams(CONNECTION, many, lost, found);
    verifier.take(ByteBuffer.wrap(near));
    verifier.take(ByteBuffer.wrap(far));
    assertEquals("corrupt 63", found.seen.get(0));
    assertTrue(many.isAwaited(900), () -> "looked at: " + found.seen);
  }

  @Test
  void eachLieHasItsName() {
    Peer peer = new Peer("udp://h:1?reply=ok", 64);
    DatagramVerifier verifier = verifier(peer, 4);
    byte[] first = peer.reply(CONNECTION, 0);
    byte[] third = peer.reply(CONNECTION, 2);
    third[0] = 'X';
    verifier.take(ByteBuffer.wrap(Arrays.copyOf(first, first.length - 10)));
    verifier.take(ByteBuffer.wrap(Peer.join(peer.reply(CONNECTION, 1), new byte[] {'!'})));
    verifier.take(ByteBuffer.wrap(third));
    verifier.take(ByteBuffer.wrap(peer.reply(CONNECTION + 1, 3)));
    verifier.take(ByteBuffer.wrap(peer.reply(CONNECTION, 3)));
    verifier.take(ByteBuffer.wrap(peer.reply(CONNECTION, 3)));
    assertEquals(
        List.of(
            "truncated 0", "extra 1", "wrong-prefix 2", "stray misdirected", "right 3", "again 3"),
        findings.seen);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 64})
  void aLateReplyIsToldFromTheAwaitedOne(int size) {
    Peer peer = new Peer("udp://h:1", size);
    DatagramVerifier verifier = verifier(peer, 1);
    lost.add(0, 0, inFlight.settle(0));
    inFlight.begin(1);
    verifier.take(ByteBuffer.wrap(peer.reply(CONNECTION, 0)));
    verifier.take(ByteBuffer.wrap(peer.reply(CONNECTION, 1)));
    assertEquals(List.of("again 0", "right 1"), findings.seen);
  }

  @Test
  void aDatagramWhoseLengthFieldLiesIsUnreadable() {
    Peer peer = new Peer("udp://h:1?framing=length", 64);
    byte[] reply = peer.reply(CONNECTION, 0);
    reply[3]++;
    verifier(peer, 1).take(ByteBuffer.wrap(reply));
    assertEquals(List.of("unreadable 0"), findings.seen);
  }

  private DatagramVerifier verifier(Peer peer, int inFlightNow) {
    for (int i = 0; i < inFlightNow; i++) {
      inFlight.begin(i);
    }
    return peer.verification(inFlightNow > 1).newDatagrams(CONNECTION, inFlight, lost, findings);
  }
}
