package io.sounder.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramDrop;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The counters as operators and tests read them. */
class StatsTextTest {
  private final Counters counters = new Counters();
  private final Tally firstWorker = new Tally();
  private final Tally secondWorker = new Tally();
  private final Tally reactor = new Tally();
  private final Workload workload =
      new Workload() {
        @Override
        public List<Tally> workerTallies() {
          return List.of(firstWorker, secondWorker);
        }

        @Override
        public Tally reactorTally() {
          return reactor;
        }

        @Override
        public int queued() {
          return 3;
        }
      };

  @Test
  void hasALineForEveryReasonFromTheStart() {
    List<String> lines = lines();
    for (CloseReason reason : CloseReason.values()) {
      assertTrue(lines.contains(closed(reason, 0)), reason.text());
    }
    for (Refusal reason : Refusal.values()) {
      assertTrue(
          lines.contains("connections_refused_total{reason=\"" + reason.text() + "\"} 0"),
          reason.text());
    }
    for (DatagramDrop reason : DatagramDrop.values()) {
      assertTrue(
          lines.contains("datagrams_dropped_total{reason=\"" + reason.text() + "\"} 0"),
          reason.text());
    }
    Set<String> names = new HashSet<>();
    lines.forEach(line -> names.add(line.substring(0, line.lastIndexOf(' '))));
    assertEquals(lines.size(), names.size(), "each figure stands there once");
    assertTrue(
        lines.stream().allMatch(line -> line.matches("[a-z_]+(\\{[a-z]+=\"[a-z_]+\"})? \\d+")));
  }

  @Test
  void tellsWhatHappenedAndWhy() {
    for (int i = 0; i < 5; i++) {
      counters.onAccepted();
    }
    counters.onRefused(Refusal.ACCESS);
    counters.onClosed(CloseReason.IDLE_TIMEOUT);
    counters.onClosed(CloseReason.IDLE_TIMEOUT);
    counters.onAcceptPaused();
    counters.onDatagrams(7);
    counters.onDropped(DatagramDrop.OWN_SOURCE_PORT);
    counters.onWakeUp(true);
    counters.onWakeUp(false);
    counters.onShowDropped();
    List<String> lines = lines();
    assertTrue(
        lines.containsAll(
            List.of(
                "connections_accepted_total 5",
                "connections_refused_total{reason=\"access\"} 1",
                "connections_open 2",
                closed(CloseReason.IDLE_TIMEOUT, 2),
                closed(CloseReason.RESET, 0),
                "accept_pauses_total 1",
                "datagrams_received_total 7",
                "datagrams_dropped_total{reason=\"own_source_port\"} 1",
                "worker_wake_ups_total{outcome=\"useful\"} 1",
                "worker_wake_ups_total{outcome=\"futile\"} 1",
                "messages_not_shown_total 1")),
        lines::toString);
  }

  @Test
  void tellsWhoDidTheWork() {
    firstWorker.add(1, 2, 30, 40);
    secondWorker.add(10, 20, 300, 400);
    secondWorker.add(1, 0, 0, 0);
    reactor.add(100, 200, 3000, 4000);
    List<String> lines = lines();
    assertTrue(
        lines.containsAll(
            List.of(
                "messages_total 112",
                "replies_total{by=\"worker\"} 22",
                "replies_total{by=\"reactor\"} 200",
                "received_bytes_total 3330",
                "sent_bytes_total 4440",
                "ready_queue_length 3")),
        lines::toString);
  }

  @Test
  void leavesOutOfTheSummaryWhatDidNotOccur() {
    counters.onAccepted();
    counters.onClosed(CloseReason.FRAME_TOO_LONG);
    reactor.add(4, 4, 4, 4);
    assertEquals(
        "0 connections open, 1 accepted, 1 closed (frame_too_long), 4 messages, 3 messages/s",
        Summary.line(counters, workload, 2.5001));
  }

  private List<String> lines() {
    return StatsText.of(counters, workload).lines().toList();
  }

  private static String closed(CloseReason reason, int count) {
    return "connections_closed_total{reason=\"" + reason.text() + "\"} " + count;
  }
}
