package io.sounder.client.load.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoopStatisticsTest {
  private static final long MEASURED_FROM = 1_000;

  private static final List<Wrong> KINDS = List.of(Wrong.values());
  private static final List<ErrorClass> CLASSES = List.of(ErrorClass.values());

  private final LoopStatistics statistics = new LoopStatistics(true);

  LoopStatisticsTest() {
    statistics.measureFrom(MEASURED_FROM);
  }

  @Test
  void whatWasSentIsAccountedForAfterEveryEvent() {
    Random random = new Random(7);
    List<Long> inFlight = new ArrayList<>();
    List<Long> lost = new ArrayList<>();
    long sent = 0;
    for (long now = 0; now < 8_000; now++) {
      int kind = random.nextInt(16);
      if (kind < 8) {
        statistics.sent(now, 0);
        inFlight.add(now);
        sent++;
      } else if (kind == 8 && !lost.isEmpty()) {
        late(lost.remove(random.nextInt(lost.size())), now);
      } else if (!inFlight.isEmpty()) {
        end(kind, inFlight.remove(random.nextInt(inFlight.size())), now, lost, random);
      }
      beside(random, now);
      Snapshot snapshot = snapshot();
      Ledger measured = snapshot.counts().measured();
      Ledger warmUp = snapshot.counts().warmUp();
      assertTrue(measured.isBalanced() && warmUp.isBalanced(), "after event " + now);
      assertEquals(sent, measured.sent() + warmUp.sent());
      assertEquals(inFlight.size(), measured.pending() + warmUp.pending());
      assertEquals(lost.size(), measured.lost() + warmUp.lost());
    }
  }

  private void end(int kind, long sent, long now, List<Long> lost, Random random) {
    switch (kind) {
      case 9 -> statistics.corrupt(sent, KINDS.get(random.nextInt(KINDS.size())));
      case 10 -> {
        statistics.lost(sent);
        lost.add(sent);
      }
      case 11 -> statistics.refused(sent);
      case 12 -> statistics.failed(sent, CLASSES.get(random.nextInt(CLASSES.size())));
      default -> statistics.ok(sent, sent, now, true);
    }
  }

  private void beside(Random random, long now) {
    switch (random.nextInt(8)) {
      case 0 -> statistics.duplicate(now);
      case 1 -> statistics.reordered(now);
      case 2 -> statistics.stray(Wrong.EXTRA, now);
      default -> statistics.bytesSent(1, now);
    }
  }

  @Test
  void aRequestBelongsToTheTimeForWhichItWasPlannedWheneverItEnds() {
    statistics.sent(MEASURED_FROM - 1, 0);
    statistics.sent(MEASURED_FROM, 0);
    statistics.ok(MEASURED_FROM - 1, MEASURED_FROM - 1, MEASURED_FROM + 50, true);
    statistics.ok(MEASURED_FROM, MEASURED_FROM, MEASURED_FROM + 70, true);
    Snapshot snapshot = snapshot();
    assertEquals(1, snapshot.counts().warmUp().ok());
    assertEquals(1, snapshot.counts().measured().ok());
    assertEquals(1, snapshot.timings().response().count());
    assertEquals(70, snapshot.timings().response().maxNanos());
  }

  @Test
  void aLateReplyMovesFromLostToLateAndItsLatencyCounts() {
    statistics.sent(2_000, 0);
    statistics.lost(2_000);
    assertEquals(1, snapshot().counts().measured().lost());
    late(2_000, 9_000);
    Snapshot snapshot = snapshot();
    assertEquals(0, snapshot.counts().measured().lost());
    assertEquals(1, snapshot.counts().measured().late());
    assertEquals(1, snapshot.timings().response().count());
  }

  @Test
  void intervalsAddUpToTheWhole() {
    Random random = new Random(3);
    Latencies whole = new Latencies();
    Latencies sum = new Latencies();
    for (int i = 0; i < 10_000; i++) {
      long nanos = random.nextInt(5_000_000);
      statistics.sent(MEASURED_FROM, 0);
      statistics.ok(MEASURED_FROM, MEASURED_FROM, MEASURED_FROM + nanos, true);
      whole.record(nanos);
      if (i % 777 == 0) {
        sum.add(snapshot().timings().response());
      }
    }
    sum.add(snapshot().timings().response());
    assertEquals(whole.count(), sum.count());
    for (double percentile : new double[] {1, 50, 90, 99, 99.9, 100}) {
      assertEquals(whole.percentileNanos(percentile), sum.percentileNanos(percentile));
    }
    assertEquals(whole.minNanos(), sum.minNanos());
  }

  @Test
  void responseTimeRunsFromThePlanAndServiceTimeFromTheSend() {
    statistics.sent(MEASURED_FROM, 30);
    statistics.ok(MEASURED_FROM, MEASURED_FROM + 100, MEASURED_FROM + 170, true);
    Timings timings = snapshot().timings();
    assertEquals(170, timings.response().maxNanos());
    assertEquals(70, timings.service().maxNanos());
    assertEquals(30, timings.sendLag().maxNanos());
  }

  @Test
  void inAClosedLoopThereIsOneLatencyAndNothingLags() {
    LoopStatistics closed = new LoopStatistics(false);
    closed.measureFrom(MEASURED_FROM);
    closed.sent(MEASURED_FROM, 0);
    closed.ok(MEASURED_FROM, MEASURED_FROM, MEASURED_FROM + 170, true);
    Timings timings = closed.snapshot(0, new Timings(false)).timings();
    assertEquals(1, timings.response().count());
    assertEquals(170, timings.service().maxNanos());
    assertEquals(0, timings.sendLag().count());
  }

  @Test
  void whatIsUnansweredOrUnsentAtTheEndCountsWithTheTimeItHasWaited() {
    statistics.sent(MEASURED_FROM, 0);
    statistics.unanswered(MEASURED_FROM, MEASURED_FROM + 10, MEASURED_FROM + 510);
    statistics.unsent(MEASURED_FROM + 100, 7, MEASURED_FROM + 510, 1);
    statistics.unanswered(MEASURED_FROM - 100, MEASURED_FROM - 90, MEASURED_FROM + 510);
    Timings timings = snapshot().timings();
    assertEquals(2, timings.responseLowerBounds(), "the warm-up's is none of the measurement's");
    assertEquals(1, timings.serviceLowerBounds());
    assertEquals(510, timings.response().maxNanos());
    assertEquals(410, timings.response().minNanos());
    assertEquals(500, timings.service().maxNanos());
  }

  @Test
  void whatComesBeforeTheStartIsNotMeasured() {
    LoopStatistics early = new LoopStatistics(true);
    early.bytesReceived(5, 123);
    Snapshot snapshot = early.snapshot(0, new Timings(true));
    assertEquals(0, snapshot.counts().measured().bytesReceived());
    assertEquals(5, snapshot.counts().warmUp().bytesReceived());
  }

  @Test
  void aWaitForRoomCountsFromTheStartOfTheMeasurementOn() {
    statistics.sendBufferFull(MEASURED_FROM - 300, MEASURED_FROM - 1);
    statistics.sendBufferFull(MEASURED_FROM - 300, MEASURED_FROM + 20);
    statistics.sendBufferFull(MEASURED_FROM + 30, MEASURED_FROM + 34);
    assertEquals(24, snapshot().counts().sendBufferFullNanos());
  }

  private Snapshot snapshot() {
    return statistics.snapshot(0, new Timings(true));
  }

  private void late(long planned, long now) {
    statistics.late(planned, planned, now);
  }
}
