package io.sounder.client.report;

import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Ledger;
import io.sounder.client.load.stats.Timings;
import io.sounder.client.load.verify.Wrong;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A result as text for 80 columns. */
public final class ResultTable {
  private static final String INDENT = RunHead.INDENT;
  private static final double NANOS_PER_SECOND = 1e9;

  private final LoadResult result;
  private final Style style;
  private final List<String> lines = new ArrayList<>();

  private ResultTable(LoadResult result, Style style) {
    this.result = result;
    this.style = style;
  }

  /** The table, line by line. */
  public static List<String> lines(LoadResult result, Style style) {
    ResultTable table = new ResultTable(result, style);
    table.addHead();
    table.addRequests();
    table.addTraffic();
    table.addLatency();
    return table.lines;
  }

  private void addHead() {
    RunIdentity identity = result.identity();
    lines.addAll(RunHead.lines(identity.target(), identity.settings(), style));
    add("verdict", verdict());
    String name = "objectives";
    for (String line : SloLines.lines(identity.outcomes(result.forObjective()), style)) {
      add(name, line);
      name = "";
    }
    if (result.interrupted()) {
      add("", style.bad("interrupted") + " after " + duration(result.durationNanos()));
    }
  }

  private String verdict() {
    Verdict verdict = Verdict.of(result, style);
    boolean valid = verdict.word().equals(Verdict.VALID);
    String word = valid ? style.good(verdict.word()) : style.bad(verdict.word());
    return word + "  " + verdict.reason();
  }

  private static void reason(List<String> reasons, long count, String what) {
    if (count > 0) {
      reasons.add(Quantities.count(count) + " " + what);
    }
  }

  private void addRequests() {
    Ledger ledger = result.measured();
    lines.add("");
    add(
        "requests",
        style.bold(Quantities.rate(result.achievedRate()))
            + (result.identity().isOpenLoop()
                ? " of " + Quantities.rate(result.identity().rateAsked()) + " asked"
                : "")
            + " in "
            + duration(result.durationNanos()));
    outcome("sent", ledger.sent(), -1);
    outcome("ok", ledger.ok(), ledger.sent());
    problem("corrupt", ledger.corrupt(), kinds(corruptKinds(ledger)));
    problem("late", ledger.late(), "");
    problem("lost", ledger.lost(), "");
    problem("refused", ledger.refused(), "");
    ledger.errors().forEach((kind, count) -> problem(kind.text(), count, ""));
    problem(
        "pending",
        ledger.pending(),
        "the oldest for " + duration(result.counts().oldestPendingNanos()));
    problem("duplicates", ledger.duplicates(), "beside the above");
    problem("reordered", ledger.reordered(), "beside the above");
    problem("strays", sum(ledger.strays()), kinds(ledger.strays()));
    problem("unsent", result.unsent(), "of " + Quantities.count(result.planned()) + " planned");
    if (!Verdict.isClean(result.warmUp())) {
      addWarmUp(result.warmUp());
    }
  }

  private static Map<Wrong, Long> corruptKinds(Ledger ledger) {
    Map<Wrong, Long> kinds = new EnumMap<>(Wrong.class);
    kinds.putAll(ledger.wrong());
    ledger.strays().forEach((kind, count) -> kinds.merge(kind, -count, Long::sum));
    kinds.values().removeIf(count -> count == 0);
    return kinds;
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String kinds(Map<Wrong, Long> counts) {
    return counts.entrySet().stream()
        .map(kind -> kind.getKey().text() + " " + Quantities.count(kind.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void addWarmUp(Ledger ledger) {
    List<String> parts = new ArrayList<>();
    ledger.wrong().forEach((kind, count) -> reason(parts, count, kind.text()));
    ledger.errors().forEach((kind, count) -> reason(parts, count, kind.text()));
    reason(parts, ledger.duplicates(), "duplicates");
    reason(parts, ledger.lost(), "lost");
    reason(parts, ledger.late(), "late");
    reason(parts, ledger.refused(), "refused");
    reason(parts, ledger.pending(), "pending");
    add("warm-up", style.bad(String.join(", ", parts)));
  }

  private void addTraffic() {
    Ledger ledger = result.measured();
    double seconds = result.durationNanos() / NANOS_PER_SECOND;
    add(
        "bytes",
        Quantities.bytes(ledger.bytesSent())
            + " sent, "
            + Quantities.bytes(ledger.bytesReceived())
            + " received"
            + (seconds > 0
                ? style.fit(" · ")
                    + Quantities.bytes(Math.round(ledger.bytesSent() / seconds))
                    + "/s out, "
                    + Quantities.bytes(Math.round(ledger.bytesReceived() / seconds))
                    + "/s in"
                : ""));
    String connections = Quantities.count(result.connections().opened()) + " opened";
    if (result.connections().open() != result.identity().connectionsAsked()) {
      connections += ", " + Quantities.count(result.connections().open()) + " open at the end";
    }
    add("connections", connections);
    Latencies handshake = result.timings().handshake();
    if (handshake.count() > 0) {
      add(
          "",
          "TLS handshakes p50 "
              + duration(handshake.percentileNanos(50))
              + ", p99 "
              + duration(handshake.percentileNanos(99))
              + ", max "
              + duration(handshake.maxNanos()));
    }
    result
        .connections()
        .errors()
        .forEach((kind, count) -> problem(kind.text(), count, "while connecting or idle"));
    addSelf(result.self());
  }

  private void addSelf(SelfReport self) {
    List<String> parts = new ArrayList<>();
    parts.add(
        Double.isNaN(self.cpuCores())
            ? "CPU not known"
            : String.format(Locale.ROOT, "%.2f cores", self.cpuCores()));
    Latencies lag = result.timings().sendLag();
    if (lag.count() > 0) {
      parts.add("send lag p99 " + duration(lag.percentileNanos(99)));
    }
    parts.add(
        duration(self.gcPauseNanos())
            + " of GC pauses"
            + (self.gcLongestPauseNanos() > 0
                ? ", the longest " + duration(self.gcLongestPauseNanos())
                : ""));
    add("client", String.join(style.fit(" · "), parts));
    Latencies stall = result.timings().stall();
    if (stall.count() > 0) {
      add(
          "",
          Quantities.count(stall.count())
              + " stalls of its event loops above 1 ms, the longest "
              + duration(stall.maxNanos()));
    }
    if (self.sendBufferFullNanos() > 0) {
      add("", "waited " + duration(self.sendBufferFullNanos()) + " for room in its sockets");
    }
    if (self.udpReceiveBufferErrors() > 0) {
      add(
          "",
          style.bad(
              Quantities.count(self.udpReceiveBufferErrors())
                  + " datagrams dropped by this machine for lack of room (all programs)"));
    }
  }

  private void addLatency() {
    Timings timings = result.timings();
    if (timings.response().count() == 0) {
      return;
    }
    lines.add("");
    StringBuilder head = new StringBuilder();
    for (String name :
        new String[] {"min", "mean", "p50", "p90", "p99", "p99.9", "p99.99", "max"}) {
      head.append(String.format("%9s", name));
    }
    lines.add(String.format("%-8s", "latency") + style.dim(head.toString()));
    if (result.identity().isOpenLoop()) {
      lines.add(row("response", timings.response()));
      lines.add(row("service", timings.service()));
      lines.add(
          style.dim("response time runs from the planned moment, service time from the send"));
    } else {
      lines.add(row("", timings.response()));
    }
    if (timings.responseLowerBounds() > 0) {
      lines.add(
          style.bad(
              Quantities.count(timings.responseLowerBounds())
                  + " pending or unsent, counted with the time they have waited so far"));
    }
    if (timings.response().above() > 0) {
      String count = Quantities.count(timings.response().above());
      lines.add(style.bad(count + " above one hour, counted as one"));
    }
    lines.add("");
    lines.addAll(LatencyChart.lines(timings.response(), style));
  }

  private String row(String name, Latencies latencies) {
    long[] values = {
      latencies.minNanos(),
      Math.round(latencies.meanNanos()),
      latencies.percentileNanos(50),
      latencies.percentileNanos(90),
      latencies.percentileNanos(99),
      latencies.percentileNanos(99.9),
      latencies.percentileNanos(99.99),
      latencies.maxNanos()
    };
    StringBuilder row = new StringBuilder();
    for (long value : values) {
      row.append(String.format("%9s", duration(value)));
    }
    return String.format("%-8s", name) + style.bold(row.toString());
  }

  private void add(String name, String value) {
    lines.add(String.format("%-13s", name) + value);
  }

  private void outcome(String name, long count, long whole) {
    String share = whole < 0 ? "" : "  " + Quantities.share(count, whole);
    lines.add(INDENT + String.format("%-14s %15s", name, Quantities.count(count)) + share);
  }

  private void problem(String name, long count, String note) {
    if (count != 0) {
      String line = String.format("%-14s %15s", name, Quantities.count(count));
      lines.add(INDENT + style.bad(line) + (note.isEmpty() ? "" : "  " + note));
    }
  }

  private String duration(long nanos) {
    return style.fit(Quantities.duration(nanos));
  }
}
