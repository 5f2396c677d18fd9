package io.sounder.client.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.ping.PingLedger.Arrival;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PingLedgerTest {
  private final PingLedger ledger = new PingLedger(1000);

  @Test
  void countsFromOne() {
    assertEquals(1, ledger.nextSequence());
    ledger.onSent(0);
    assertEquals(2, ledger.nextSequence());
  }

  @Test
  void aReplyIsReceivedOnceAndThenADuplicate() {
    ledger.onSent(0);

    assertEquals(Arrival.IN_ORDER, ledger.onReply(1, 10));
    assertEquals(Arrival.DUPLICATE, ledger.onReply(1, 11));
    assertEquals(1, ledger.received());
    assertEquals(1, ledger.duplicates());
    assertEquals(1, ledger.times().count(), "a duplicate has no round trip of its own");
  }

  @Test
  void aReplyAfterALaterOneIsOutOfOrder() {
    ledger.onSent(0);
    ledger.onSent(1);

    assertEquals(Arrival.IN_ORDER, ledger.onReply(2, 10));
    assertEquals(Arrival.OUT_OF_ORDER, ledger.onReply(1, 11));
    assertEquals(1, ledger.outOfOrder());
    assertEquals(2, ledger.received());
  }

  @Test
  void whatWaitedForTheTimeoutIsLostAndItsReplyLate() {
    ledger.onSent(0);
    ledger.onSent(1);

    assertEquals(List.of(), ledger.expire(999));
    assertEquals(List.of(1), ledger.expire(1000));
    assertEquals(Arrival.LATE, ledger.onReply(1, 1001));
    assertEquals(Arrival.DUPLICATE, ledger.onReply(1, 1002));
    assertEquals(0, ledger.received());
    assertEquals(1, ledger.late());
    assertTrue(ledger.hasOutstanding());
  }

  @Test
  void aRefusalIsOfTheOldestThatWaits() {
    ledger.onSent(0);
    ledger.onSent(1);
    ledger.onReply(1, 2);

    assertEquals(OptionalInt.of(2), ledger.onRefused());
    assertEquals(OptionalInt.empty(), ledger.onRefused());
    assertEquals(1, ledger.refused());
  }

  @Test
  void whatIsLeftAtTheEndIsLost() {
    ledger.onSent(0);
    ledger.onSent(1);

    assertEquals(List.of(1, 2), ledger.giveUpAll());
    assertEquals(0, ledger.received());
  }

  @Test
  void theSumHoldsAtEveryMoment() {
    Random random = new Random(8);
    int received = 0;
    for (long now = 0; now < 20_000; now++) {
      switch (random.nextInt(4)) {
        case 0 -> ledger.onSent(now);
        case 1 -> {
          if (ledger.sent() > 0) {
            Arrival arrival = ledger.onReply(1 + random.nextInt(ledger.sent()), now);
            received += arrival == Arrival.IN_ORDER || arrival == Arrival.OUT_OF_ORDER ? 1 : 0;
          }
        }
        case 2 -> ledger.expire(now);
        default -> {
          if (random.nextInt(10) == 0) {
            ledger.onRefused();
          }
        }
      }
      assertEquals(received, ledger.received(), "received after " + now + " moves");
    }
    assertTrue(ledger.late() > 0 && ledger.duplicates() > 0 && ledger.outOfOrder() > 0);
  }

  @Test
  void timesAreMinimumMeanMaximumAndDeviation() {
    RoundTripTimes times = new RoundTripTimes();
    for (long nanos : new long[] {2, 4, 4, 4, 5, 5, 7, 9}) {
      times.add(nanos);
    }

    assertEquals(2, times.minNanos());
    assertEquals(9, times.maxNanos());
    assertEquals(5, times.meanNanos(), 1e-9);
    assertEquals(2, times.deviationNanos(), 1e-9);
  }
}
