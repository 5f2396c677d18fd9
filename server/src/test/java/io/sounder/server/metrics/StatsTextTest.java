package io.sounder.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.protocol.endpoint.FaultSpec;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.Refusal;
import io.sounder.server.count.Tally;
import io.sounder.server.fault.Treatment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
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

        @Override
        public long bufferBytes() {
          return 65536;
        }

        @Override
        public long bufferBudgetBytes() {
          return 1 << 20;
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
    counters.onCycle();
    counters.onCycle();
    counters.onPolled(7_000_000, true);
    counters.onPolled(700_000, true);
    counters.onPolled(300_000, false);
    counters.onWakeUp(true);
    counters.onWakeUp(false);
    counters.onShowDropped();
    counters.onAdminRefused();
    counters.onLogLineDropped();
    counters.onStall(ThreadRole.REACTOR);
    counters.onStall(ThreadRole.WORKER);
    counters.onStallEnded();
    counters.onReadiness(false);
    counters.reloads().onStarted(Instant.ofEpochSecond(5));
    counters.reloads().onDone(Instant.ofEpochSecond(7));
    counters.reloads().onFailed();
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
                "log_lines_dropped_total 1",
                "stalls_total{thread=\"reactor\"} 1",
                "stalls_total{thread=\"worker\"} 1",
                "threads_stuck 1",
                "ready 0",
                "reloads_total{outcome=\"ok\"} 1",
                "reloads_total{outcome=\"failed\"} 1",
                "last_reload_ok 0",
                "last_reload_ok_timestamp_seconds 7",
                "datagrams_received_total 7",
                "datagrams_dropped_total{reason=\"own_source_port\"} 1",
                "reactor_cycles_total 2",
                "reactor_polls_total{outcome=\"useful\"} 2",
                "reactor_polls_total{outcome=\"futile\"} 1",
                "reactor_polling_milliseconds_total 8",
                "worker_wake_ups_total{outcome=\"useful\"} 1",
                "worker_wake_ups_total{outcome=\"futile\"} 1",
                "messages_not_shown_total 1",
                "admin_requests_refused_total 1",
                "buffer_bytes 65536",
                "buffer_budget_bytes 1048576")),
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
        Summary.line(counters, workload, List.of(listener("tcp://127.0.0.1:1")), 2.5001));
  }

  @Test
  void tellsWhatEachListenerHasInjected() {
    Listener faulty = listener("tcp://127.0.0.1:1?drop=1");
    inject(faulty, Fault.DROP);
    inject(faulty, Fault.DROP);
    List<String> lines =
        StatsText.of(counters, workload, List.of(faulty, listener("udp://127.0.0.1:1")))
            .lines()
            .filter(line -> line.startsWith("faults_"))
            .toList();
    assertEquals(
        Arrays.stream(Fault.values())
            .map(
                kind ->
                    "faults_injected_total{listener=\"tcp://127.0.0.1:1\",kind=\""
                        + kind.text()
                        + "\"} "
                        + (kind == Fault.DROP ? 2 : 0))
            .toList(),
        lines);
    assertTrue(Summary.line(counters, workload, List.of(faulty), 0).contains(", 2 faults (drop)"));
  }

  @Test
  void escapesWhatWouldEndALabel() {
    Listener odd = listener("unix:///tmp/a%22b%5Cc?dup=1");
    String stats = StatsText.of(counters, workload, List.of(odd));
    assertTrue(stats.contains("{listener=\"unix:///tmp/a\\\"b\\\\c\",kind=\"dup\"} 0\n"), stats);
  }

  @Test
  void goesOnCountingWhenTheFaultsAreOthers() {
    Listener listener = listener("tcp://127.0.0.1:1?drop=1");
    inject(listener, Fault.DROP);
    listener.inject(FaultSpec.NONE);
    inject(listener, Fault.DUP);
    assertEquals(1, listener.faultCounts().of(Fault.DROP));
    assertEquals(1, listener.faultCounts().of(Fault.DUP));
  }

  private static void inject(Listener listener, Fault fault) {
    listener.faults().onDone(new Treatment(fault, false, false, 0, 0), 0);
  }

  private static Listener listener(String url) {
    ListenerSpec spec = ListenerSpec.parse(url);
    return new Listener(spec, spec.endpoint(), 9, "host", InstantSource.system());
  }

  private List<String> lines() {
    return StatsText.of(counters, workload, List.of()).lines().toList();
  }

  private static String closed(CloseReason reason, int count) {
    return "connections_closed_total{reason=\"" + reason.text() + "\"} " + count;
  }
}
