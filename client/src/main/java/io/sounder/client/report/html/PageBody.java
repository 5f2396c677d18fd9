package io.sounder.client.report.html;

import io.sounder.client.report.chart.Chart;
import io.sounder.client.report.chart.DistributionChart;
import io.sounder.client.report.chart.PercentileChart;
import io.sounder.client.report.chart.RateCharts;
import io.sounder.client.report.chart.TimeCharts;
import io.sounder.client.report.compare.Comparison;
import io.sounder.client.report.compare.ComparisonFigures;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.figures.ClientFigures;
import io.sounder.client.report.figures.FigureTable;
import io.sounder.client.report.figures.LatencyFigures;
import io.sounder.client.report.figures.LedgerFigures;
import io.sounder.client.report.figures.ReportText;
import io.sounder.client.report.figures.RunFigures;
import io.sounder.client.report.figures.RunNames;
import io.sounder.client.report.figures.StepFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/** What stands on the page, from top to bottom. */
final class PageBody {
  private final List<Document> all;
  private final Comparison comparison;
  private final boolean isSweep;
  private final List<String> allNames;
  private final List<Integer> picked;
  private final List<Document> runs;
  private final List<String> names;
  private final Markup markup = new Markup();
  private final List<Chart> charts = new ArrayList<>();

  /**
   * A page.
   *
   * @param comparison null if there is none
   */
  PageBody(List<Document> all, Comparison comparison) {
    this.all = all;
    this.comparison = comparison;
    this.isSweep = ReportText.isSweep(all);
    this.allNames = isSweep ? RunNames.ofSteps(all) : RunNames.of(all);
    this.picked = pick(all.size());
    this.runs = picked.stream().map(all::get).toList();
    this.names = picked.stream().map(allNames::get).toList();
  }

  /** As many as can be told apart, evenly, the first and the last among them. */
  private static List<Integer> pick(int count) {
    int most = Math.min(count, Chart.MOST_RUNS);
    return IntStream.range(0, most)
        .mapToObj(i -> most == 1 ? 0 : (int) Math.round((double) i * (count - 1) / (most - 1)))
        .toList();
  }

  String title() {
    String what =
        all.size() == 1
            ? all.get(0).target()
            : isSweep ? "a sweep of " + all.size() + " rates" : all.size() + " runs";
    return what + " – Sounder";
  }

  /** The charts that the page has room for, to be drawn by its script. */
  List<Chart> charts() {
    return charts;
  }

  String html() {
    new Headline(markup, all, allNames, isSweep, comparison != null).add();
    if (comparison != null) {
      addComparison();
    }
    addObjectives();
    addRates();
    addLatency();
    addCourse();
    addRequests();
    addClient();
    addEnvironment();
    return markup.html();
  }

  private void addComparison() {
    begin("comparison", "What changed");
    markup.element(
        "p",
        "A condition holds only if the whole 95 % interval lies beyond it. The interval comes from"
            + " how much the seconds of the runs differ.",
        "class",
        "hint");
    FigureTable findings = ComparisonFigures.findings(comparison);
    if (!findings.isEmpty()) {
      markup.element("h3", findings.title());
      TableMarkup.add(markup, findings, (column, row) -> 0, false);
      markup.element("h3", "Figures");
    }
    TableMarkup.add(markup, ComparisonFigures.changes(comparison), (column, row) -> 0, false);
    if (!comparison.warnings().isEmpty()) {
      markup.open("ul", "class", "notes");
      comparison.warnings().forEach(warning -> markup.element("li", warning));
      markup.close();
    }
    end();
    begin("result-section", "Result");
    addTable(RunFigures.summary(runs, names));
    end();
  }

  private void addObjectives() {
    FigureTable objectives = ClientFigures.objectives(runs, names);
    if (!objectives.isEmpty()) {
      begin("objectives-section", objectives.title());
      addTable(objectives);
      end();
    }
  }

  /** The rates of a sweep, or of searches. */
  private void addRates() {
    if (isSweep) {
      begin("sweep-section", "The sweep");
      addChart(RateCharts.sweep(all));
      FigureTable steps = StepFigures.ofRuns(all, allNames);
      TableMarkup.add(markup, steps, (column, row) -> row, false);
      end();
    }
    for (int i = 0; i < all.size(); i++) {
      int run = i;
      if (all.get(i).findMax() != null) {
        begin("search-section", "The highest rate");
        markup.element("p", StepFigures.conclusion(all.get(i).findMax()));
        if (charts.stream().noneMatch(chart -> chart.id().equals("search"))) {
          addChart(RateCharts.search(all.get(i).findMax()));
        }
        FigureTable steps = StepFigures.ofSearch(all.get(i).findMax());
        TableMarkup.add(markup, steps, (column, row) -> run, false);
        end();
      }
    }
  }

  private void addLatency() {
    begin("latency-section", "Latency");
    if (picked.size() < all.size()) {
      String picks = "Of the " + all.size() + " rates these are " + picked.size() + ".";
      markup.element("p", picks, "class", "hint");
    }
    Chart percentiles = PercentileChart.of(runs, names);
    if (percentiles.isEmpty()) {
      markup.element("p", "No reply came, so there is no latency to show.");
      end();
      return;
    }
    addChart(percentiles);
    addTable(LatencyFigures.table(runs, names));
    markup.open("p", "class", "hint");
    markup.text(
        "Response time runs from the moment that a request was planned for, service time from its"
            + " send. Requests that were not answered count with how long they had waited.");
    markup.close();
    addChart(DistributionChart.of(runs, names));
    end();
  }

  private void addCourse() {
    begin("course-section", "Over time");
    Chart throughput = TimeCharts.throughput(runs, names);
    if (throughput.x().size() < 2) {
      String why =
          throughput.isEmpty()
              ? "The document does not say how the run went over time."
              : "The run was one interval, whose figures are those above.";
      markup.element("p", why);
    } else {
      addChart(throughput);
      addChart(TimeCharts.latency(runs, names));
    }
    end();
  }

  private void addRequests() {
    begin("requests-section", "Requests");
    FigureTable errors = LedgerFigures.errors(runs, names);
    addBeside(
        LedgerFigures.ledger(runs, names),
        errors,
        "No error of any class, neither of requests nor of connections.");
    end();
  }

  private void addClient() {
    begin("client-section", "The client itself");
    markup.element(
        "p",
        "Whether the measuring could keep up. Send lag is how much later than planned a request was"
            + " sent; a stall is a turn of the event loop that took more than a millisecond.",
        "class",
        "hint");
    addBeside(ClientFigures.health(runs, names), ClientFigures.traffic(runs, names), "");
    end();
  }

  private void addEnvironment() {
    begin("environment-section", "Environment and flags");
    addTable(ClientFigures.environment(runs, names));
    for (Document run : all) {
      if (!run.merged().isEmpty()) {
        markup.element("h3", "Merged from");
        markup.open("ul", "class", "notes");
        run.merged().forEach(part -> markup.element("li", part.file() + ", run " + part.run()));
        markup.close();
      }
    }
    end();
  }

  private void begin(String id, String title) {
    markup.open("section", "id", id, "aria-labelledby", id + "-title");
    markup.element("h2", title, "id", id + "-title");
  }

  private void end() {
    markup.closeLine();
  }

  /** Two tables beside each other where there is room, or below each other. */
  private void addBeside(FigureTable left, FigureTable right, String insteadOfRight) {
    markup.open("div", "class", runs.size() <= 2 ? "beside" : null);
    markup.open("div").element("h3", left.title());
    addTable(left);
    markup.close().open("div").element("h3", right.title());
    if (right.isEmpty()) {
      markup.element("p", insteadOfRight);
    } else {
      addTable(right);
    }
    markup.close().close();
  }

  private void addTable(FigureTable table) {
    IntBinaryOperator ofRun = (column, row) -> runs.size() == 1 ? 0 : picked.get(column);
    TableMarkup.add(markup, table, ofRun, runs.size() > 1);
  }

  private void addChart(Chart chart) {
    if (chart.isEmpty()) {
      return;
    }
    charts.add(chart);
    markup.open("figure", "class", "chart", "id", "chart-" + chart.id());
    markup.open("figcaption").element("h3", chart.title());
    markup.element("p", chart.hint(), "class", "hint").close();
    markup.element("div", "", "class", "tools");
    String label =
        chart.title() + ". Arrow keys move along it; the figures are in the table below.";
    markup.element("div", "", "class", "plot", "tabindex", "0", "role", "img", "aria-label", label);
    markup.open("details").element("summary", "Figures of this chart");
    markup.element("div", "", "class", "scroll").close();
    markup.closeLine();
  }
}
