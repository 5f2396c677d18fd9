package io.sounder.client.report.html;

import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.LatencySummary;
import io.sounder.client.report.document.Statistic;
import io.sounder.client.report.figures.Cell;
import io.sounder.client.report.figures.FigureTable;
import io.sounder.client.report.figures.RunFigures;
import java.util.List;
import java.util.Locale;

/** What one wants to know first: what was tested, the verdict and why, the key figures. */
final class Headline {
  private final Markup markup;
  private final List<Document> runs;
  private final List<String> names;
  private final boolean isSweep;
  private final boolean isComparison;

  Headline(
      Markup markup,
      List<Document> runs,
      List<String> names,
      boolean isSweep,
      boolean isComparison) {
    this.markup = markup;
    this.runs = runs;
    this.names = names;
    this.isSweep = isSweep;
    this.isComparison = isComparison;
  }

  void add() {
    markup.open("section", "class", "headline");
    if (runs.size() == 1) {
      addOne(runs.get(0));
    } else {
      addSeveral();
    }
    markup.closeLine();
  }

  private void addOne(Document run) {
    markup.open("h1").element("code", run.target()).close();
    addVerdict("p", run);
    markup.element("p", circumstances(run), "class", "sub");
    markup.open("dl", "class", "keys");
    addKey(
        "right replies",
        Cell.rate(run.achievedRate(), "/rate/achieved"),
        run.askedRate() == null ? "closed loop" : "of " + rate(run.askedRate()) + " asked");
    LatencySummary response = run.responseTime();
    for (Statistic statistic :
        List.of(Statistic.P50, Statistic.P99, Statistic.P99_9, Statistic.MAX)) {
      if (!response.isEmpty()) {
        Cell time =
            Cell.duration(response.nanos(statistic), "/response_time_ns/" + statistic.text());
        boolean isBound = response.lowerBounds() == response.count(); // nothing was answered
        addKey(
            statistic.text() + " response time",
            isBound ? time.saying("≥ " + time.text()) : time,
            service(run, statistic));
      }
    }
    Cell notOk = RunFigures.notOk(run);
    String sent = "of " + Cell.count(run.requests().sent(), "").text() + " sent";
    if (run.requests().unsent() > 0) {
      sent += ", " + Cell.count(run.requests().unsent(), "").text() + " unsent";
    }
    addKey("not ok", notOk, (notOk.note() + " " + sent).strip());
    markup.close();
  }

  private static String service(Document run, Statistic statistic) {
    LatencySummary service = run.serviceTime();
    if (service.isEmpty() || service.equals(run.responseTime())) {
      return "";
    }
    return "service " + Cell.duration(service.nanos(statistic), "").text();
  }

  private static String rate(double perSecond) {
    return Cell.rate(perSecond, "").text();
  }

  private static String circumstances(Document run) {
    StringBuilder text = new StringBuilder();
    if (!run.startedAt().isEmpty()) {
      text.append(RunFigures.started(run)).append(" · ");
    }
    text.append(Cell.duration(run.durationNanos(), "").text());
    text.append(" · ").append(Cell.count(run.connections().asked(), "").text());
    text.append(run.connections().asked() == 1 ? " connection" : " connections");
    text.append(
        run.askedRate() == null
            ? " · closed loop"
            : " · open loop, " + rate(run.askedRate()) + " " + run.arrivals());
    String size = run.environment().flags().get("size");
    return size == null ? text.toString() : text + " · " + size;
  }

  private void addVerdict(String tag, Document run) {
    String kind = run.verdict().text().toLowerCase(Locale.ROOT);
    markup.open(tag, "class", "verdict " + kind);
    markup.element("strong", run.verdict().text());
    markup.text(" ").element("span", run.verdictReason());
    if (run.interrupted()) {
      markup.text(" ").element("strong", "interrupted");
    }
    markup.close();
  }

  private void addKey(String name, Cell cell, String beside) {
    markup.open("div").element("dt", name);
    markup.element("dd", cell.text(), TableMarkup.attributes(cell, 0));
    markup.element("dd", beside, "class", "beside-key").close();
  }

  private void addSeveral() {
    markup.element("h1", heading());
    boolean oneTarget = runs.stream().map(Document::target).distinct().count() == 1;
    if (oneTarget) {
      markup.open("p", "class", "sub").element("code", runs.get(0).target()).close();
    }
    if (isSweep) {
      return;
    }
    markup.open("ul", "class", "runs");
    for (int i = 0; i < runs.size(); i++) {
      markup.open("li");
      TableMarkup.addSwatch(markup, i);
      markup.element("b", names.get(i));
      addVerdict("span", runs.get(i));
      String target = oneTarget ? "" : runs.get(i).target() + " · ";
      markup.element("small", target + circumstances(runs.get(i)));
      markup.close();
    }
    markup.close();
    if (!isComparison) {
      FigureTable summary = RunFigures.summary(runs, names);
      TableMarkup.add(markup, summary, (column, row) -> column, true);
    }
  }

  private String heading() {
    if (isSweep) {
      return "A sweep of " + runs.size() + " rates";
    }
    return runs.size() + (isComparison ? " runs compared" : " runs beside each other");
  }
}
