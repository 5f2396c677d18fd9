package io.sounder.client.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.protocol.endpoint.TargetSpec;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyLedgerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "tcp | reply=echo | ping | ping",
        "tcp | reply=ok | ping | OK...ping",
        "tcp | framing=line&reply=ok | ping | OK...ping",
        "tcp | framing=line&reply=count | ping | ~You entered 4 characters. ~",
        "tcp | framing=length&reply=replace:i:o | ping | pong",
        "tcp | reply=text:no{n} | ping | no1",
        "tcp | reply=text:from {peer}! | ping | from 1.2.3.4:5!",
        "tcp | framing=line&reply=whoami | x | {\"peer\":\"a\",\"local\":\"b\",\"listener\":\"c\",\"host\":\"d\"}",
        "udp | reply=time | x | abcd",
        "udp | reply=text:no{n}. | ping | no4711.",
        "udp | reply=echo | ping | ping",
      })
  void acceptsWhatTheKeysSay(String scheme, String keys, String message, String reply) {
    ReplyLedger ledger = ledger(scheme, keys);
    ledger.onSending(message.getBytes(UTF_8));
    assertEquals(1, ledger.due());

    ledger.onReceived(bytes(reply));

    assertEquals(0, ledger.due());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "tcp | reply=echo | ping | pinG",
        "tcp | reply=echo | ping | pingp",
        "tcp | reply=ok | ping | ping",
        "tcp | reply=ok | ping | OK...pinG",
        "tcp | framing=line | ping | pin",
        "tcp | framing=length&reply=replace:i:o | ping | ping",
        "tcp | reply=text:no{n} | ping | no2",
        "tcp | framing=line&reply=whoami | x | {}",
        "udp | reply=time | x | abcde",
        "tcp | reply=discard | ping | ping",
      })
  void refusesAnythingElse(String scheme, String keys, String message, String reply) {
    ReplyLedger ledger = ledger(scheme, keys);
    ledger.onSending(message.getBytes(UTF_8));

    ClientFailure failure =
        assertThrows(ClientFailure.class, () -> ledger.onReceived(bytes(reply)));

    assertEquals(5, failure.exitCode());
    assertTrue(failure.getMessage().contains("was due, and what came is"), failure.getMessage());
  }

  @Test
  void aPlainStreamMayCutAndJoinRepliesAnywhere() {
    ReplyLedger ledger = ledger("tcp", "reply=echo");
    ledger.onSending("abc".getBytes(UTF_8));
    ledger.onSending("def".getBytes(UTF_8));

    for (String piece : new String[] {"a", "bcd", "e", "f"}) {
      ledger.onReceived(bytes(piece));
    }

    assertEquals(0, ledger.due());
  }

  @Test
  void anOkMayComeForEachPieceInWhichTheServerReadAMessage() {
    ReplyLedger ledger = ledger("tcp", "reply=ok");
    ledger.onSending("abcdef".getBytes(UTF_8));

    ledger.onReceived(bytes("OK...abOK...cd"));
    assertEquals(1, ledger.due());
    ledger.onReceived(bytes("OK"));
    ledger.onReceived(bytes("...ef"));

    assertEquals(0, ledger.due());
  }

  @Test
  void aMessageThatHasOkInItIsComparedLikeAnyOther() {
    ReplyLedger ledger = ledger("tcp", "reply=ok");
    ledger.onSending("OK...OKAY".getBytes(UTF_8));

    ledger.onReceived(bytes("OK...OK...OKAY"));

    assertEquals(0, ledger.due());
  }

  @Test
  void datagramsMayOvertakeEachOtherButNotComeTwice() {
    ReplyLedger ledger = ledger("udp", "reply=echo");
    ledger.onSending("1".getBytes(UTF_8));
    ledger.onSending("2".getBytes(UTF_8));

    ledger.onReceived(bytes("2"));
    ledger.onReceived(bytes("1"));

    assertEquals(0, ledger.due());
    assertThrows(ClientFailure.class, () -> ledger.onReceived(bytes("1")));
  }

  @Test
  void framedRepliesMustKeepTheirOrder() {
    ReplyLedger ledger = ledger("tcp", "framing=line");
    ledger.onSending("1".getBytes(UTF_8));
    ledger.onSending("2".getBytes(UTF_8));

    assertThrows(ClientFailure.class, () -> ledger.onReceived(bytes("2")));
  }

  @Test
  void theReturnBeforeALineEndBelongsToTheLineEnd() {
    ReplyLedger ledger = ledger("tcp", "framing=line&reply=ok");
    ledger.onSending("a\r".getBytes(UTF_8));

    ledger.onReceived(bytes("OK...a"));

    assertEquals(0, ledger.due());
  }

  @Test
  void whatPutsNothingOnTheWireIsNotDue() {
    ReplyLedger plain = ledger("tcp", "reply=echo");
    plain.onSending(new byte[0]);
    ReplyLedger deleting = ledger("tcp", "reply=replace:x:");
    deleting.onSending("xx".getBytes(UTF_8));
    ReplyLedger silent = ledger("udp", "reply=discard");
    silent.onSending("x".getBytes(UTF_8));
    ReplyLedger datagrams = ledger("udp", "reply=echo");
    datagrams.onSending(new byte[0]);

    assertEquals(0, plain.due());
    assertEquals(0, deleting.due());
    assertEquals(0, silent.due());
    assertEquals(1, datagrams.due(), "an empty datagram is one");
  }

  private static ReplyLedger ledger(String scheme, String keys) {
    return new ReplyLedger(TargetSpec.parse(scheme + "://127.0.0.1:7?" + keys));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
