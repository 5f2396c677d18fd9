package io.sounder.server.metrics;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.Refusal;
import io.sounder.server.count.Tally;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * All counters as text, one a line: {@code name{label="value"} number}, in an order that does not
 * change.
 */
public final class StatsText {
  private final StringBuilder text = new StringBuilder(2048);

  private StatsText() {}

  /**
   * The text.
   *
   * @param listeners those that have injected faults have lines of their own
   */
  public static String of(Counters counters, Workload workload, List<Listener> listeners) {
    StatsText stats = new StatsText();
    stats.connections(counters);
    stats.datagrams(counters);
    stats.work(counters, workload);
    stats.health(counters);
    listeners.forEach(stats::faults);
    return stats.text.toString();
  }

  private void connections(Counters counters) {
    line("connections_accepted_total", counters.accepted());
    for (Refusal reason : Refusal.values()) {
      line("connections_refused_total", "reason", reason.text(), counters.refused(reason));
    }
    line("connections_open", counters.open());
    for (CloseReason reason : CloseReason.values()) {
      line("connections_closed_total", "reason", reason.text(), counters.closed(reason));
    }
    line("tls_handshakes_total", counters.secured());
    line("accept_pauses_total", counters.acceptPauses());
  }

  private void datagrams(Counters counters) {
    line("datagrams_received_total", counters.datagrams());
    for (DatagramDrop reason : DatagramDrop.values()) {
      line("datagrams_dropped_total", "reason", reason.text(), counters.dropped(reason));
    }
  }

  private void work(Counters counters, Workload workload) {
    List<Tally> workers = workload.workerTallies();
    Tally reactor = workload.reactorTally();
    line("messages_total", sum(workers, Tally::messages) + reactor.messages());
    line("replies_total", "by", "worker", sum(workers, Tally::replies));
    line("replies_total", "by", "reactor", reactor.replies());
    line("received_bytes_total", sum(workers, Tally::bytesReceived) + reactor.bytesReceived());
    line("sent_bytes_total", sum(workers, Tally::bytesSent) + reactor.bytesSent());
    line("ready_queue_length", workload.queued());
    line("buffer_bytes", workload.bufferBytes());
    line("buffer_budget_bytes", workload.bufferBudgetBytes());
    line("reactor_cycles_total", counters.cycles());
    line("reactor_polls_total", "outcome", "useful", counters.polls(true));
    line("reactor_polls_total", "outcome", "futile", counters.polls(false));
    line("reactor_polling_milliseconds_total", counters.pollingNanos() / 1_000_000);
    line("worker_wake_ups_total", "outcome", "useful", counters.wakeUps(true));
    line("worker_wake_ups_total", "outcome", "futile", counters.wakeUps(false));
    line("messages_not_shown_total", counters.showDropped());
    line("admin_requests_refused_total", counters.adminRefused());
  }

  private void health(Counters counters) {
    line("log_lines_dropped_total", counters.logLinesDropped());
    for (ThreadRole role : ThreadRole.values()) {
      line("stalls_total", "thread", role.text(), counters.stalls(role));
    }
    line("threads_stuck", counters.stuckThreads());
    line("ready", counters.isReady() ? 1 : 0);
    line("reloads_total", "outcome", "ok", counters.reloads().done());
    line("reloads_total", "outcome", "failed", counters.reloads().failed());
    line("last_reload_ok", counters.reloads().wasLastDone() ? 1 : 0);
    line("last_reload_ok_timestamp_seconds", counters.reloads().lastDoneSeconds());
  }

  private void faults(Listener listener) {
    if (listener.faults() == null) {
      return;
    }
    String labels = "listener=\"" + escaped(listener.toString()) + "\",kind=\"";
    for (Fault kind : Fault.values()) {
      line(
          "faults_injected_total{" + labels + kind.text() + "\"}", listener.faultCounts().of(kind));
    }
  }

  /** A path may hold what would end a label. */
  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static long sum(List<Tally> tallies, ToLongFunction<Tally> figure) {
    return tallies.stream().mapToLong(figure).sum();
  }

  private void line(String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
  }

  private void line(String name, String label, String labelValue, long value) {
    text.append(name)
        .append('{')
        .append(label)
        .append("=\"")
        .append(labelValue)
        .append("\"} ")
        .append(value)
        .append('\n');
  }
}
