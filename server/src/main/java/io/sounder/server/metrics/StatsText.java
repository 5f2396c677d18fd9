package io.sounder.server.metrics;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramDrop;

/**
 * All counters as text, one a line: {@code name{label="value"} number}, in an order that does not
 * change.
 */
public final class StatsText {
  private final StringBuilder text = new StringBuilder(2048);

  private StatsText() {}

  public static String of(Counters counters, WorkFigures work) {
    StatsText stats = new StatsText();
    stats.connections(counters);
    stats.datagrams(counters);
    stats.work(counters, work);
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
    line("accept_pauses_total", counters.acceptPauses());
  }

  private void datagrams(Counters counters) {
    line("datagrams_received_total", counters.datagrams());
    for (DatagramDrop reason : DatagramDrop.values()) {
      line("datagrams_dropped_total", "reason", reason.text(), counters.dropped(reason));
    }
  }

  private void work(Counters counters, WorkFigures work) {
    line("messages_total", work.messages());
    line("replies_total", "by", "worker", work.byWorkers(Tally::replies));
    line("replies_total", "by", "reactor", work.reactor().replies());
    line("received_bytes_total", work.total(Tally::bytesReceived));
    line("sent_bytes_total", work.total(Tally::bytesSent));
    line("ready_queue_length", work.queued());
    line("worker_wake_ups_total", "outcome", "useful", counters.wakeUps(true));
    line("worker_wake_ups_total", "outcome", "futile", counters.wakeUps(false));
    line("messages_not_shown_total", counters.showDropped());
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
