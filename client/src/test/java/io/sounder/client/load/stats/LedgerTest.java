package io.sounder.client.load.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  @Test
  void whatHappenedSinceBalancesAndAddsUpToTheWhole() {
    Ledger ledger = new Ledger();
    for (int i = 0; i < 10; i++) {
      ledger.onSent();
    }
    ledger.onLost();
    ledger.onCorrupt(Wrong.EXTRA);
    ledger.onFailed(ErrorClass.RESET);
    ledger.onBytesSent(640);
    final Ledger earlier = ledger.copy();
    ledger.onOk();
    ledger.onLate();
    ledger.onStray(Wrong.CORRUPT);
    ledger.onFailed(ErrorClass.REPLY_TIMEOUT);
    ledger.onDuplicate();
    ledger.onBytesSent(64);

    Ledger since = ledger.since(earlier);

    assertEquals(0, since.sent());
    assertEquals(1, since.ok());
    assertEquals(-1, since.lost(), "it came late");
    assertEquals(1, since.late());
    assertEquals(-2, since.pending());
    assertEquals(64, since.bytesSent());
    assertEquals(Map.of(ErrorClass.REPLY_TIMEOUT, 1L), since.errors());
    assertEquals(Map.of(Wrong.CORRUPT, 1L), since.wrong());
    assertTrue(since.isBalanced());
    since.add(earlier);
    assertEquals(ledger.pending(), since.pending());
    assertEquals(ledger.errors(), since.errors());
    assertEquals(ledger.wrong(), since.wrong());
    assertFalse(ledger.since(ledger.copy()).hasWrongReplies(), "nothing happened");
  }
}
