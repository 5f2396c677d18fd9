package io.sounder.client.report.figures;

import io.sounder.client.report.Quantities;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.LatencySummary;
import io.sounder.client.report.document.SloResult;
import io.sounder.client.report.document.Statistic;
import io.sounder.client.report.figures.Cell.Tone;
import io.sounder.client.report.figures.FigureTable.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What the client says of itself, of what was asked of the service, and of where it ran. */
public final class ClientFigures {
  private final List<Document> runs;
  private final List<Row> rows = new ArrayList<>();

  private ClientFigures(List<Document> runs) {
    this.runs = runs;
  }

  /** Whether the client itself may have been the limit. */
  public static FigureTable health(List<Document> runs, List<String> names) {
    ClientFigures figures = new ClientFigures(runs);
    figures.addLatency("send lag", "/client/send_lag_ns", run -> run.client().sendLag());
    figures.addLatency("loop stall", "/client/loop_stall_ns", run -> run.client().loopStall());
    figures.row("CPU", run -> Cell.decimal(run.client().cpuCores(), "cores", "/client/cpu"));
    figures.row(
        "GC pauses", run -> Cell.duration(run.client().gcPauseNanos(), "/client/gc_pause_ns"));
    figures.row(
        "longest GC pause",
        run -> Cell.duration(run.client().gcLongestPauseNanos(), "/client/gc_longest_pause_ns"));
    figures.row(
        "send buffer full",
        run -> Cell.duration(run.client().sendBufferFullNanos(), "/client/send_buffer_full_ns"));
    figures.row("UDP receive buffer errors", ClientFigures::receiveErrors);
    return new FigureTable("client", "Keeping up", heads(runs, names), figures.rows);
  }

  /** Connections and bytes. */
  public static FigureTable traffic(List<Document> runs, List<String> names) {
    ClientFigures figures = new ClientFigures(runs);
    figures.row(
        "connections asked", run -> Cell.count(run.connections().asked(), "/connections/asked"));
    figures.row("opened", run -> Cell.count(run.connections().opened(), "/connections/opened"));
    figures.row(
        "open at the end", run -> Cell.count(run.connections().open(), "/connections/open"));
    figures.row(
        "connecting took",
        run -> Cell.duration(run.connections().connectingNanos(), "/connections/connecting_ns"));
    figures.row("bytes sent", run -> bytes(run.bytesSent(), "/bytes/sent"));
    figures.row("bytes received", run -> bytes(run.bytesReceived(), "/bytes/received"));
    return new FigureTable("traffic", "Connections and bytes", heads(runs, names), figures.rows);
  }

  /** Each objective, what was measured, and whether it was met; no rows without objectives. */
  public static FigureTable objectives(List<Document> runs, List<String> names) {
    Set<String> texts = new LinkedHashSet<>();
    runs.forEach(run -> run.slo().forEach(slo -> texts.add(slo.text())));
    ClientFigures figures = new ClientFigures(runs);
    for (String text : texts) {
      figures.row(Cell.text(text).text(), run -> objective(run, text));
    }
    List<String> heads = runs.size() == 1 ? List.of("measured") : names;
    return new FigureTable("objectives", "Objectives", heads, figures.rows);
  }

  /** Where it ran, and with which flags. */
  public static FigureTable environment(List<Document> runs, List<String> names) {
    ClientFigures figures = new ClientFigures(runs);
    figures.row("version", run -> Cell.text(run.environment().sounderVersion()));
    figures.row("Java", run -> Cell.text(run.environment().javaVersion()));
    figures.row("system", run -> Cell.text(run.environment().operatingSystem()));
    figures.row(
        "cores",
        run ->
            run.environment().cores() == null
                ? Cell.NONE
                : Cell.count(run.environment().cores(), "/environment/cores"));
    figures.row("host", run -> Cell.text(run.environment().host()));
    figures.row("run", run -> Cell.text(run.run()));
    figures.row("started", run -> Cell.text(RunFigures.started(run)));
    figures.rows.add(new Row("flags", List.of()));
    Set<String> flags = new LinkedHashSet<>();
    runs.forEach(run -> flags.addAll(run.environment().flags().keySet()));
    for (String flag : flags) {
      figures.row(
          Cell.text(flag).text(),
          run -> Cell.text(run.environment().flags().getOrDefault(flag, "")));
    }
    return new FigureTable(
        "environment", "Environment and flags", heads(runs, names), figures.rows);
  }

  private static List<String> heads(List<Document> runs, List<String> names) {
    return runs.size() == 1 ? List.of("") : names;
  }

  private void row(String label, Function<Document, Cell> figure) {
    rows.add(new Row(label, runs.stream().map(figure).toList()));
  }

  private void addLatency(
      String label, String pointer, Function<Document, LatencySummary> summary) {
    if (runs.stream().allMatch(run -> summary.apply(run).isEmpty())) {
      row(label, run -> Cell.NONE);
      return;
    }
    for (Statistic statistic : List.of(Statistic.P50, Statistic.P99, Statistic.MAX)) {
      row(
          label + " " + statistic.text(),
          run -> {
            LatencySummary latencies = summary.apply(run);
            return latencies.isEmpty()
                ? Cell.NONE
                : Cell.duration(latencies.nanos(statistic), pointer + "/" + statistic.text());
          });
    }
  }

  private static Cell receiveErrors(Document run) {
    Long errors = run.client().udpReceiveBufferErrors();
    return errors == null ? Cell.NONE : Cell.trouble(errors, "/client/udp_receive_buffer_errors");
  }

  private static Cell bytes(long bytes, String pointer) {
    return new Cell(
        Quantities.bytes(bytes), "", Long.toString(bytes), "bytes", pointer, Tone.PLAIN);
  }

  private static Cell objective(Document run, String text) {
    for (int i = 0; i < run.slo().size(); i++) {
      SloResult slo = run.slo().get(i);
      if (slo.text().equals(text)) {
        return measured(slo, "/slo/" + i + "/measured")
            .in(slo.met() ? Tone.GOOD : Tone.BAD)
            .noting(slo.met() ? "met" : "missed");
      }
    }
    return Cell.NONE;
  }

  private static Cell measured(SloResult slo, String pointer) {
    return switch (slo.unit()) {
      case "ns" ->
          Cell.duration(slo.measured() == null ? null : Math.round(slo.measured()), pointer);
      case "/s" -> Cell.rate(slo.measured(), pointer);
      case "" ->
          slo.measured() == null ? Cell.NONE : Cell.count(Math.round(slo.measured()), pointer);
      default -> Cell.decimal(slo.measured(), Cell.text(slo.unit()).text(), pointer);
    };
  }
}
