package io.sounder.client.load.script;

import static io.sounder.client.load.script.Scripted.CONNECTION;
import static io.sounder.client.load.script.Scripted.OTHER_CONNECTION;
import static io.sounder.client.load.script.Scripted.begun;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.client.load.verify.DatagramVerifier;
import io.sounder.client.load.verify.Findings;
import io.sounder.client.load.verify.InFlight;
import io.sounder.client.load.verify.LostRequests;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptDatagramTest {
  private static final String UDP = "udp://h:1";

  private final LostRequests lost = new LostRequests();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "udp://h:1                  | {n}",
        "udp://h:1                  | v{connection}-{random:1-99} {n}",
        "udp://h:1                  | {random:5}{bytes:2}{n} rest",
        "udp://h:1                  | {connection:3}/{n:8}.",
        "udp://h:1?framing=length   | {hex:5}{n}",
        "udp://h:1?framing=line     | {n} {random:7}",
      })
  void repliesThatSayTheirRequestAreRightInAnyOrder(String url, String text) {
    for (boolean ruled : new boolean[] {true, false}) {
      Scripted scripted = new Scripted(url, ruled ? "x" : text, ruled ? text : null, true);
      InFlight inFlight = begun(20);
      Findings findings = new Findings(inFlight);
      DatagramVerifier verifier = verifier(scripted, findings, inFlight);
      for (long sequence : new long[] {12, 0, 19, 1, 2}) {
        take(verifier, scripted.says(text, CONNECTION, sequence));
      }
      assertEquals(
          List.of("right 12", "right 0", "right 19", "right 1", "right 2"), findings.seen, text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+PONG", "{random:8}", "re:\\+PONG", "length:5", "until:G", "{n}", "text:"})
  void oneReplyAtATimeNeedsNoNumber(String expect) {
    Scripted scripted = new Scripted(UDP, "x", expect, false);
    InFlight inFlight = begun(1);
    Findings findings = new Findings(inFlight);
    String says = expect.startsWith("{") ? expect : expect.equals("text:") ? "" : "+PONG";
    take(verifier(scripted, findings, inFlight), scripted.says(says, CONNECTION, 0));
    assertEquals(List.of("right 0"), findings.seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+PONG        | +PON   | truncated",
        "+PONG        | +PONGS | extra",
        "+PONG        | -ERR   | corrupt",
        "v{n}         | v      | truncated",
        "v{n}         | w{n}   | corrupt",
        "re:\\+P[O]   | +P     | truncated",
        "re:\\+P[O]   | +PONG  | extra",
        "re:\\+P[O]   | PO     | corrupt",
        "length:3     | ab     | truncated",
        "length:3     | abcd   | extra",
        "until:;      | ab     | truncated",
        "until:;      | a;b    | extra",
      })
  void eachKindOfWrongHasItsName(String expect, String says, String name) {
    Scripted scripted = new Scripted(UDP, "x", expect, false);
    InFlight inFlight = begun(1);
    Findings findings = new Findings(inFlight);
    DatagramVerifier verifier = verifier(scripted, findings, inFlight);
    take(verifier, scripted.says(says, CONNECTION, 0));
    assertEquals(List.of(name + " 0"), findings.seen);
    take(verifier, scripted.says(says, CONNECTION, 0));
    assertEquals(List.of(name + " 0", "stray extra"), findings.seen);
  }

  @Test
  void aMalformedFrameIsUnreadable() {
    Scripted scripted = new Scripted(UDP + "?framing=length", "x", "+PONG", false);
    InFlight inFlight = begun(1);
    Findings findings = new Findings(inFlight);
    byte[] frame = scripted.says("+PONG", CONNECTION, 0);
    frame[3]++;
    take(verifier(scripted, findings, inFlight), frame);
    assertEquals(List.of("unreadable 0"), findings.seen);
  }

  @Test
  void anotherConnectionsReplyIsAStray() {
    Scripted scripted = new Scripted(UDP, "x", "{n}", true);
    InFlight inFlight = begun(4);
    Findings findings = new Findings(inFlight);
    DatagramVerifier verifier = verifier(scripted, findings, inFlight);
    take(verifier, scripted.says("{n}", OTHER_CONNECTION, 2));
    take(verifier, scripted.says("{n}", CONNECTION, 2));
    take(verifier, scripted.says("{n}", CONNECTION, 99)); // not asked yet
    assertEquals(List.of("stray misdirected", "right 2", "stray misdirected"), findings.seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k{n} {random:8}", "k{n}"})
  void aReplyThatComesAgainOrLateIsKnown(String text) {
    Scripted scripted = new Scripted(UDP, "x", text, true);
    InFlight inFlight = begun(1000);
    Findings findings = new Findings(inFlight);
    for (long sequence = 0; sequence < 990; sequence++) {
      lost.add(sequence, 0, inFlight.settle(sequence));
    }
    DatagramVerifier verifier = verifier(scripted, findings, inFlight);
    take(verifier, scripted.says(text, CONNECTION, 3));
    take(verifier, scripted.says(text, CONNECTION, 995));
    take(verifier, scripted.says(text, CONNECTION, 995));
    assertEquals(List.of("again 3", "right 995", "again 995"), findings.seen);
  }

  @Test
  void aLateReplyWithoutANumberIsKnownByItsText() {
    Scripted scripted = new Scripted(UDP, "x", "{random:12}", false);
    InFlight inFlight = begun(5);
    Findings findings = new Findings(inFlight);
    for (long sequence = 0; sequence < 4; sequence++) {
      lost.add(sequence, 0, inFlight.settle(sequence));
    }
    DatagramVerifier verifier = verifier(scripted, findings, inFlight);
    take(verifier, scripted.says("{random:12}", CONNECTION, 1));
    take(verifier, scripted.says("{random:12}", CONNECTION, 4));
    assertEquals(List.of("again 1", "right 4"), findings.seen);
  }

  @Test
  void aDamagedReplyIsThatOfTheRequestWhichItIsMostLike() {
    String text = "key {n} value {random:20}";
    Scripted scripted = new Scripted(UDP, "x", text, true);
    int length = scripted.says(text, CONNECTION, 2).length;
    for (int bit = 0; bit < length * 8; bit++) {
      InFlight inFlight = begun(4);
      Findings findings = new Findings(inFlight);
      byte[] wrong = scripted.says(text, CONNECTION, 2);
      wrong[bit / 8] ^= (byte) (1 << bit % 8);
      take(verifier(scripted, findings, inFlight), wrong);
      assertEquals(List.of("corrupt 2"), findings.seen, "bit " + bit);
    }
  }

  @Test
  void whereNothingIsExpectedAnythingIsExtra() {
    Scripted scripted = new Scripted(UDP, "<13>hello", "none", true);
    InFlight inFlight = begun(0);
    Findings findings = new Findings(inFlight);
    take(verifier(scripted, findings, inFlight), new byte[1]);
    assertEquals(List.of("stray extra"), findings.seen);
  }

  private DatagramVerifier verifier(Scripted scripted, Findings findings, InFlight inFlight) {
    return scripted.dialogue.verifiers().newDatagrams(CONNECTION, inFlight, lost, findings);
  }

  private static void take(DatagramVerifier verifier, byte[] datagram) {
    verifier.take(ByteBuffer.wrap(datagram));
  }
}
