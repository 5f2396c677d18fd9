package io.sounder.server.metrics;

import io.sounder.protocol.endpoint.Fault;
import io.sounder.server.connection.CloseReason;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.Listener;
import io.sounder.server.connection.Refusal;
import io.sounder.server.count.Tally;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The counters in one line for the log; reasons that did not occur are left out. */
public final class Summary {
  private Summary() {}

  /** How many messages have arrived. */
  public static long messages(Workload workload) {
    return workload.workerTallies().stream().mapToLong(Tally::messages).sum()
        + workload.reactorTally().messages();
  }

  /**
   * The line.
   *
   * @param messagesPerSecond since the last summary
   */
  public static String line(
      Counters counters, Workload workload, List<Listener> listeners, double messagesPerSecond) {
    StringJoiner line = new StringJoiner(", ");
    line.add(counters.open() + " connections open");
    line.add(counters.accepted() + " accepted");
    for (Refusal reason : Refusal.values()) {
      addIfAny(line, counters.refused(reason), "refused (" + reason.text() + ")");
    }
    for (CloseReason reason : CloseReason.values()) {
      addIfAny(line, counters.closed(reason), "closed (" + reason.text() + ")");
    }
    addIfAny(line, counters.datagrams(), "datagrams");
    for (DatagramDrop reason : DatagramDrop.values()) {
      addIfAny(line, counters.dropped(reason), "dropped (" + reason.text() + ")");
    }
    line.add(messages(workload) + " messages");
    line.add(String.format(Locale.ROOT, "%.0f messages/s", messagesPerSecond));
    for (Fault kind : Fault.values()) {
      long count = listeners.stream().mapToLong(each -> each.faultCounts().of(kind)).sum();
      addIfAny(line, count, "faults (" + kind.text() + ")");
    }
    addIfAny(line, counters.acceptPauses(), "accept pauses");
    addIfAny(line, counters.showDropped(), "messages not shown");
    addIfAny(line, counters.logLinesDropped(), "log lines dropped");
    for (ThreadRole role : ThreadRole.values()) {
      addIfAny(line, counters.stalls(role), "stalls (" + role.text() + ")");
    }
    return line.toString();
  }

  private static void addIfAny(StringJoiner line, long count, String what) {
    if (count > 0) {
      line.add(count + " " + what);
    }
  }
}
