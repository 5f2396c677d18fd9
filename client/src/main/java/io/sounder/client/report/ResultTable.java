package io.sounder.client.report;

import io.sounder.client.load.stats.Latencies;
import io.sounder.client.load.stats.Ledger;
import io.sounder.client.load.verify.Wrong;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A result as text for 80 columns. */
public final class ResultTable {
  private static final String INDENT = " ".repeat(13);
  private static final int COLUMNS = 80;
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
    lines.add("");
    add("target", style.bold(result.target()));
    settings().forEach(line -> add("", style.dim(line)));
    add("verdict", verdict());
    if (result.interrupted()) {
      add("", style.bad("interrupted") + " after " + duration(result.durationNanos()));
    }
  }

  private String verdict() {
    if (result.verdict().equals("VALID")) {
      String why =
          result.isTimed() ? "every reply verified" : "nothing is answered, and nothing came back";
      return style.good("VALID") + "  " + why;
    }
    String where = isClean(result.warmUp()) ? "" : " (warm-up included)";
    return style.bad("FAILED") + "  " + reasons() + where;
  }

  /** The settings, as many to a line as fit. */
  private List<String> settings() {
    List<String> wrapped = new ArrayList<>();
    String line = "";
    for (Map.Entry<String, Object> setting : result.settings().entrySet()) {
      String item = setting.getKey() + " " + setting.getValue();
      String longer = line.isEmpty() ? item : line + style.fit(" · ") + item;
      if (longer.length() > COLUMNS - INDENT.length()) {
        wrapped.add(line);
        line = item;
      } else {
        line = longer;
      }
    }
    wrapped.add(line);
    return wrapped;
  }

  private static boolean isClean(Ledger ledger) {
    return !ledger.hasWrongReplies() && !ledger.hasFailures();
  }

  private String reasons() {
    Ledger all = result.measured().copy();
    all.add(result.warmUp());
    List<String> reasons = new ArrayList<>();
    reason(reasons, all.corrupt(), "wrong");
    reason(reasons, sum(all.strays()), "stray");
    reason(reasons, all.duplicates(), "duplicate");
    reason(reasons, result.isStream() ? all.reordered() : 0, "reordered");
    reason(reasons, all.failed(), "failed");
    reason(reasons, all.lost(), "lost");
    reason(reasons, all.late(), "late");
    reason(reasons, all.refused(), "refused");
    reason(reasons, all.pending(), "pending");
    reason(reasons, sum(result.connections().errors()), "connection errors");
    if (result.measured().sent() == 0) {
      reasons.add("no request was measured");
    }
    return String.join(", ", reasons);
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
            + " in "
            + duration(result.durationNanos()));
    outcome("sent", ledger.sent(), -1);
    outcome("ok", ledger.ok(), ledger.sent());
    problem("corrupt", ledger.corrupt(), kinds(corruptKinds(ledger)));
    problem("late", ledger.late(), "");
    problem("lost", ledger.lost(), "");
    problem("refused", ledger.refused(), "");
    ledger.errors().forEach((kind, count) -> problem(kind.text(), count, ""));
    problem("pending", ledger.pending(), "the oldest for " + duration(result.oldestPendingNanos()));
    problem("duplicates", ledger.duplicates(), "beside the above");
    problem("reordered", ledger.reordered(), "beside the above");
    problem("strays", sum(ledger.strays()), kinds(ledger.strays()));
    problem("unsent", result.unsent(), "of " + Quantities.count(result.planned()) + " planned");
    if (!isClean(result.warmUp())) {
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
    if (result.connections().open() != result.connectionsAsked()) {
      connections += ", " + Quantities.count(result.connections().open()) + " open at the end";
    }
    add("connections", connections);
    result
        .connections()
        .errors()
        .forEach((kind, count) -> problem(kind.text(), count, "while connecting or idle"));
    add(
        "client",
        (Double.isNaN(result.cpuCores())
                ? "CPU not known"
                : String.format(Locale.ROOT, "%.2f cores", result.cpuCores()))
            + style.fit(" · ")
            + duration(result.gcPauseNanos())
            + " of GC pauses");
  }

  private void addLatency() {
    Latencies latencies = result.latencies();
    if (latencies.count() == 0) {
      return;
    }
    lines.add("");
    String[] names = {"min", "mean", "p50", "p90", "p99", "p99.9", "p99.99", "max"};
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
    StringBuilder head = new StringBuilder();
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      head.append(String.format("%9s", names[i]));
      row.append(String.format("%9s", duration(values[i])));
    }
    lines.add(String.format("%-8s", "latency") + style.dim(head.toString()));
    lines.add(" ".repeat(8) + style.bold(row.toString()));
    if (latencies.above() > 0) {
      lines.add(style.bad(Quantities.count(latencies.above()) + " above one hour, counted as one"));
    }
    lines.add("");
    lines.addAll(LatencyChart.lines(latencies, style));
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
